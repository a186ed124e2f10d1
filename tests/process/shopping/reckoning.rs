//! The reckoning: what Stripe's side knows as paid, against what the service granted.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::process::caller::{Caller, read};
use crate::support::process::{Installation, client};

/// An event that was in hand when the process was killed is taken up again after its lease, half a
/// minute.
const PATIENCE: Duration = Duration::from_secs(90);
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// What an account shows.
pub struct Account {
    pub purchases: Vec<Value>,
    pub entries: Vec<Value>,
}

impl Account {
    pub async fn of(caller: &Caller) -> Account {
        Account {
            purchases: caller.all("/v1/purchases").await,
            entries: caller.all("/v1/usage-history").await,
        }
    }

    pub fn granted(&self, purchase_id: &str) -> Vec<&Value> {
        let mine = |entry: &&Value| entry["purchase_id"] == purchase_id;
        self.entries.iter().filter(mine).collect()
    }
}

/// All sessions of the sandbox, by our purchase's id.
async fn sessions(installation: &Installation, sandbox: &str) -> BTreeMap<String, Value> {
    let secrets = installation.data_dir().join("sandbox-secrets.json");
    let secrets: Value = serde_json::from_slice(&std::fs::read(secrets).unwrap()).unwrap();
    let key = secrets["stripe_secret_key"].as_str().unwrap();
    let mut found = BTreeMap::new();
    let mut after = String::new();
    loop {
        let url = format!("{sandbox}/v1/checkout/sessions?limit=100{after}");
        let page = read(client().get(url).bearer_auth(key)).await.unwrap();
        assert_eq!(page.status, 200, "{}", page.text);
        let page = page.json();
        for session in page["data"].as_array().unwrap() {
            let purchase = session["client_reference_id"].as_str().unwrap().to_owned();
            after = format!("&starting_after={}", session["id"].as_str().unwrap());
            let twice = found.insert(purchase, session.clone());
            assert!(twice.is_none(), "a purchase has two sessions");
        }
        if page["has_more"] != true {
            return found;
        }
    }
}

/// Waits until the service has heard of every payment, and returns how long that took.
pub async fn settled(installation: &Installation, sandbox: &str, buyers: &[Caller]) -> Duration {
    let started = Instant::now();
    let sessions = sessions(installation, sandbox).await;
    let paid = sessions.values().filter(|s| s["payment_status"] == "paid");
    let paid = paid.count();
    loop {
        let mut known = 0;
        for buyer in buyers {
            let purchases = buyer.all("/v1/purchases").await;
            known += purchases.iter().filter(|p| p["status"] == "paid").count();
        }
        if known >= paid {
            return started.elapsed();
        }
        let late = started.elapsed();
        assert!(
            late < PATIENCE,
            "{known} of {paid} are settled after {late:?}"
        );
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// Holds every purchase and every adjustment against what became of it; returns the purchases that
/// were granted. `opened` and `adjusted` are what the service has acknowledged.
pub async fn reckon(
    installation: &Installation,
    sandbox: &str,
    buyers: &[Caller],
    opened: usize,
    adjusted: usize,
) -> usize {
    let mut sessions = sessions(installation, sandbox).await;
    let (mut purchases, mut granted) = (0, 0);
    let mut adjustments = Vec::new();
    for buyer in buyers {
        let account = Account::of(buyer).await;
        purchases += account.purchases.len();
        for purchase in &account.purchases {
            let id = purchase["id"].as_str().unwrap();
            let session = sessions.remove(id);
            let session = session.unwrap_or_else(|| panic!("{purchase} has no session"));
            let is_paid = session["payment_status"] == "paid";
            let grants = account.granted(id);
            assert_eq!(
                grants.len(),
                usize::from(is_paid),
                "{purchase} {session} {grants:?}"
            );
            assert_eq!(
                purchase["status"] == "paid",
                is_paid,
                "{purchase} {session}"
            );
            if let [grant] = grants.as_slice() {
                assert_eq!(grant["kind"], "grant");
                assert_eq!(
                    grant["amount"], purchase["credits"],
                    "no package has a bonus"
                );
                granted += 1;
            }
        }
        let of_no_purchase = account
            .entries
            .iter()
            .filter(|e| e["purchase_id"].is_null());
        adjustments.extend(of_no_purchase.map(|e| {
            assert_eq!(
                (&e["kind"], &e["amount"]),
                (&"adjustment".into(), &"1".into())
            );
            e["description"].as_str().unwrap().to_owned()
        }));
        let grants = account.entries.iter().filter(|e| e["kind"] == "grant");
        let of_paid = account.purchases.iter().filter(|p| p["status"] == "paid");
        assert_eq!(grants.count(), of_paid.count(), "a grant for nothing");
    }
    assert!(sessions.is_empty(), "sessions of no purchase: {sessions:?}");
    assert_eq!(purchases, opened, "each key opened one purchase");
    adjustments.sort();
    let mut expected: Vec<String> = (0..adjusted).map(|n| format!("adjustment {n}")).collect();
    expected.sort();
    assert_eq!(adjustments, expected, "each key adjusted once");
    granted
}
