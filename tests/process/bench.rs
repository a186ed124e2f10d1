//! The load generator against a real server: for a fraction of a second, so what is proven is that
//! it finds its way and counts rightly, not how fast anything is.

use serde_json::Value;

use crate::support::process::{Ended, Installation, Service};

const BRIEFLY: [&str; 7] = [
    "bench",
    "--seconds=0.5",
    "--warmup=0.05",
    "--accounts=3",
    "--connections=4",
    "--runs=2",
    "--json=bench.json",
];

async fn bench(installation: &Installation, service: &mut Service, more: &[&str]) -> Ended {
    let url = service.url("api").await;
    let to = ["--url", &url];
    installation.run(&[&BRIEFLY, &to[..], more].concat()).await
}

fn report_in(installation: &Installation) -> Value {
    // Commands run in the installation's home.
    let file = installation.data_dir().with_file_name("bench.json");
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

on_both_engines! {
    async fn a_bench_finds_no_errors_and_says_what_reads_cost(db: TestDatabase) {
        let installation = Installation::on(&db);
        let mut service = installation.serve().await;
        let pid = service.pid().to_string();
        let reads = ["--workload=health", "--workload=balance", "--workload=history"];
        let ended = bench(&installation, &mut service, &[&reads[..], &["--server-pid", &pid]].concat()).await;
        assert!(ended.status.success(), "{}{}", ended.stdout, ended.stderr);
        for line in ["health", "balance reads", "history page of 25", "resident memory at 1024 connections"] {
            assert!(ended.stdout.contains(line), "{line}: {}", ended.stdout);
        }
        let report = report_in(&installation);
        for load in report["loads"].as_array().unwrap() {
            assert_eq!(load["median"]["errors"], serde_json::json!({}), "{load}");
            assert!(load["median"]["operations"].as_u64().unwrap() > 0, "{load}");
            assert_eq!(load["runs"].as_array().unwrap().len(), 2, "{load}");
        }
        assert_eq!(report["promises"].as_array().unwrap().len(), 2);
        // A second bench finds what the first prepared: funds and a page of history, not more.
        bench(&installation, &mut service, &reads).await;
        let verified = installation.verified().await;
        assert!(verified.contains("3 accounts, 75 entries"), "{verified}");
        assert!(service.stop().await.status.success());
    }
}

#[tokio::test]
async fn a_bench_with_the_tokens_of_another_installation_is_told_what_is_wrong() {
    let installation = Installation::embedded();
    let mut service = installation.serve().await;
    let another = Installation::embedded();
    let refused = bench(&another, &mut service, &[]).await;
    assert_eq!(refused.status.code(), Some(1), "{}", refused.stdout);
    let why = "is it the server of this data directory?";
    assert!(refused.stderr.contains(why), "{}", refused.stderr);
}

#[tokio::test]
async fn a_bench_of_nobody_says_so() {
    let installation = Installation::embedded();
    let nobody = ["--url", "http://127.0.0.1:9"];
    let refused = installation.run(&[&BRIEFLY[..], &nobody].concat()).await;
    assert_eq!(refused.status.code(), Some(1), "{}", refused.stdout);
    assert!(
        refused.stderr.contains("is it running"),
        "{}",
        refused.stderr
    );
}
