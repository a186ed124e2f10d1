//! Speaking the Model Context Protocol, one message at a time, as its revision without sessions has it.

use serde_json::{Value, json};

use super::client::{Answer, Client};

pub const REVISION: &str = "2026-07-28";

impl Client {
    /// A message, and what it is answered over HTTP.
    pub async fn say(&self, method: &str, mut params: Value) -> Answer {
        let name = params["name"].as_str().unwrap_or_default().to_owned();
        params["_meta"] = json!({
            "io.modelcontextprotocol/protocolVersion": REVISION,
            "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
            "io.modelcontextprotocol/clientCapabilities": {},
        });
        let message = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
        let mut call = self.post("/mcp", &message);
        for (header, value) in [
            ("mcp-protocol-version", REVISION),
            ("mcp-method", method),
            ("mcp-name", &name),
        ] {
            if !value.is_empty() {
                call = call.header(header, value);
            }
        }
        call.await
    }

    /// What the message is answered, if it is no error of the protocol.
    pub async fn hear(&self, method: &str, params: Value) -> Value {
        let answer = self.say(method, params).await.ok();
        assert!(answer.get("error").is_none(), "{answer}");
        answer["result"].clone()
    }

    pub async fn call_tool(&self, tool: &str, arguments: &Value) -> ToolResult {
        let params = json!({"name": tool, "arguments": arguments});
        ToolResult(self.hear("tools/call", params).await)
    }
}

#[derive(Debug)]
pub struct ToolResult(pub Value);

impl ToolResult {
    /// What a tool that succeeded has answered: the same as text and as data.
    pub fn ok(&self) -> &Value {
        let result = &self.0;
        assert_eq!(result["isError"], false, "{result}");
        let text = result["content"][0]["text"].as_str().unwrap();
        let value: Value = serde_json::from_str(text).unwrap();
        assert_eq!(value, result["structuredContent"]);
        &result["structuredContent"]
    }

    /// The code of the problem that a tool was answered.
    pub fn code(&self) -> String {
        self.problem()["code"].as_str().unwrap().to_owned()
    }

    pub fn problem(&self) -> Value {
        let result = &self.0;
        assert_eq!(result["isError"], true, "{result}");
        // It would have to be what the tool answers when it succeeds.
        assert!(result.get("structuredContent").is_none(), "{result}");
        let problem: Value =
            serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap();
        for member in ["type", "title", "status", "detail", "request_id"] {
            assert!(problem.get(member).is_some(), "{problem}");
        }
        assert_ne!(problem["request_id"], uuid::Uuid::nil().to_string());
        problem
    }
}
