//! The tools that a language model may call: operations of the API under the same names, described by
//! the document, and what a client may assume of each.

use std::sync::Arc;

use rmcp::model::{Tool as Offered, ToolAnnotations};
use serde_json::Value;

use super::described;
use super::schemas;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    GetBalance,
    ListUsageHistory,
    ListPackages,
    CreateQuote,
    CreateCheckoutSession,
}

/// What the model tells the person that it works for.
pub const PERSON_PAYS: &str = "Nothing is paid yet. Show `url` to a person: credits are bought only when \
    somebody opens it and pays there.";

impl Tool {
    pub const ALL: [Tool; 5] = [
        Tool::GetBalance,
        Tool::ListUsageHistory,
        Tool::ListPackages,
        Tool::CreateQuote,
        Tool::CreateCheckoutSession,
    ];

    /// The operation that it is, whose name it bears.
    pub const fn operation(self) -> &'static str {
        match self {
            Tool::GetBalance => "get_balance",
            Tool::ListUsageHistory => "list_usage_history",
            Tool::ListPackages => "list_packages",
            Tool::CreateQuote => "create_quote",
            Tool::CreateCheckoutSession => "create_checkout_session",
        }
    }

    pub fn named(name: &str) -> Option<Tool> {
        Tool::ALL.into_iter().find(|it| it.operation() == name)
    }

    fn annotations(self) -> ToolAnnotations {
        let reads = ToolAnnotations::new().read_only(true).idempotent(true);
        let writes = ToolAnnotations::new().read_only(false);
        let annotations = match self {
            Tool::GetBalance | Tool::ListUsageHistory | Tool::ListPackages => {
                reads.open_world(false)
            }
            // Each call keeps a quote of its own for a quarter of an hour.
            Tool::CreateQuote => writes.idempotent(false).open_world(false),
            // The key makes a repeat the same session. The page that it opens is Stripe's.
            Tool::CreateCheckoutSession => writes.idempotent(true).open_world(true),
        };
        // None takes credits or money away.
        annotations.destructive(false)
    }
}

/// The tools as a client is told of them.
pub fn offered(document: &Value) -> Vec<Offered> {
    let offered = Tool::ALL.into_iter().filter_map(|tool| {
        let operation = described::find(document, tool.operation())?;
        let scope = operation.scope().unwrap_or_default();
        let mut description = format!("{} Needs the scope {scope}.", operation.description());
        if tool == Tool::CreateCheckoutSession {
            description =
                format!("Returns a link for a person to pay. {PERSON_PAYS} {description}");
        }
        let arguments = Arc::new(schemas::arguments(document, &operation));
        let answer = Arc::new(schemas::answer(document, &operation)?);
        let offered = Offered::new(tool.operation(), description, arguments);
        Some(
            offered
                .with_title(operation.summary())
                .with_raw_output_schema(answer)
                .with_annotations(tool.annotations()),
        )
    });
    offered.collect()
}
