//! A proxy that the environment names: webhooks go past it, because it would connect where nobody has looked.

use serde_json::json;
use wiremock::MockServer;

use crate::process::caller::Caller;
use crate::support::process::Installation;
use crate::support::receiver::{ENDPOINTS, Receiver};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn webhooks_go_past_a_proxy_of_the_environment() {
    let (proxy, receiver) = (MockServer::start().await, Receiver::start().await);
    let mut installation = Installation::embedded();
    for variable in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        installation = installation.with(variable, &proxy.uri());
    }
    for variable in ["NO_PROXY", "no_proxy"] {
        installation = installation.with(variable, "");
    }
    let mut service = installation.serve().await;
    let admin = Caller::new(&installation, &service.url("api").await, "admin").await;
    let endpoint = json!({"url": receiver.url()});
    let made = admin.insist(ENDPOINTS, "endpoint", &endpoint).await;
    assert_eq!(made.status, 201, "{}", made.text);
    admin.adjust("user-1", "one", "for a test").await;
    service
        .until("delivered", async || receiver.got().len() == 1)
        .await;
    let by_proxy = proxy.received_requests().await.unwrap();
    let is_ours = |it: &wiremock::Request| it.headers.contains_key("webhook-id");
    assert!(!by_proxy.iter().any(is_ours), "{by_proxy:?}");
    assert!(service.stop().await.status.success());
}
