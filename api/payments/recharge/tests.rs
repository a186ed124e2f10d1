//! An account that runs low, a card at Stripe's double, and all that can come between them.

use ledger::credits::Credits;
use ledger::ids::AccountId;
use ledger::money::{Currency, Money};
use ledger::purchase::PurchaseStatus;
use ledger::recharge::{Amount, AttemptState, AutoRecharge, Settings, Suspension};
use ledger::replay::{Key, KeyId};
use reqwest::Method;
use serde_json::json;

use super::super::bench::Bench;
use super::super::inbox::work_inbox_once;
use super::*;
use crate::catalogue::Catalogue;

fn account() -> AccountId {
    AccountId::parse("user|1").unwrap()
}

/// The same request gets the same page.
async fn open_page(bench: &Bench, request: u8) -> String {
    let key = Key {
        id: KeyId {
            owner: account(),
            digest: [request; 16],
        },
        fingerprint: [0; 16],
    };
    let urls = ("https://shop.test/saved", "https://shop.test/back");
    let account = account();
    let open = || {
        bench
            .payments
            .open_card_session(&account, &key, Currency::USD, urls)
    };
    let opened = open().await;
    let again = open().await;
    let opened = opened.unwrap();
    assert_eq!(again.unwrap().id, opened.id);
    opened.id
}

fn credits(whole: i64) -> Credits {
    Credits::from_whole(whole).unwrap()
}

/// An account with a card, whose auto-recharge buys 500 credits below 100.
async fn armed(like: &str) -> Bench {
    let bench = Bench::start().await;
    save_card(&bench, 1).await;
    bench
        .command(Action::ConfigureRecharge(Settings {
            enabled: true,
            threshold: credits(100),
            amount: Amount::Fixed(500),
            cycle_cap: Money {
                amount_minor: 1_000_000,
                currency: Currency::USD,
            },
        }))
        .await;
    behave(&bench, like).await;
    bench
}

/// Saves a card as its owner does, and is told by the page's poll.
async fn save_card(bench: &Bench, request: u8) {
    let id = open_page(bench, request).await;
    bench.fill_in(&id, "4242424242424242").await;
    let saved = bench.payments.refresh_card_session(&account(), &id).await;
    assert_eq!(saved.unwrap().unwrap().card.unwrap().last4, "4242");
}

async fn behave(bench: &Bench, like: &str) {
    let card = known(bench).await.card.unwrap().payment_method_id;
    let path = format!("/_sandbox/payment_methods/{card}/behave");
    let body = json!({ "like": like });
    bench.call(Method::POST, &path, Some(body)).await;
}

async fn known(bench: &Bench) -> AutoRecharge {
    let found = bench.payments.store.recharge(&account()).await;
    found.unwrap().unwrap()
}

async fn recharge(bench: &Bench) -> Result<Option<Purchase>, PaymentsError> {
    let due = bench.payments.store.recharges_due(bench.clock.now(), 10);
    if due.await.unwrap().is_empty() {
        return Ok(None);
    }
    let prices = Catalogue::price_lists(&bench.payments.store).await.unwrap();
    bench.payments.recharge(&account(), &prices).await
}

/// As the sweep does.
async fn look_again(bench: &Bench) -> Vec<Result<Purchase, PaymentsError>> {
    let due = bench.payments.store.purchases_due(bench.clock.now(), 10);
    let mut looked = Vec::new();
    for purchase in due.await.unwrap() {
        looked.push(bench.payments.refresh(&purchase).await);
    }
    looked
}

async fn payments_at_stripe(bench: &Bench) -> usize {
    let list = bench.fetch("/v1/payment_intents?limit=100").await;
    list["data"].as_array().unwrap().len()
}

#[tokio::test]
async fn an_account_that_ran_low_recharges_itself_once() {
    let bench = armed("pm_card_visa").await;
    let paid = recharge(&bench).await.unwrap().unwrap();
    assert_eq!(paid.status, PurchaseStatus::Paid);
    assert!(paid.receipt_url().is_some());
    assert_eq!(bench.balance().await, credits(500));
    assert_eq!(recharge(&bench).await.unwrap(), None);
    // Every event of it, late and twice.
    for _ in 0..2 {
        for event in bench.events().await {
            bench.receive(&event).await;
        }
        work_inbox_once(&bench.payments).await.unwrap();
    }
    assert_eq!(bench.balance().await, credits(500));
    let known = known(&bench).await;
    assert_eq!((known.attempts, known.failures), (1, 0));
    assert_eq!(known.spending.amount_minor, paid.terms.price.amount_minor);
    assert_eq!(payments_at_stripe(&bench).await, 1);
}

#[tokio::test]
async fn the_webhook_alone_grants_what_the_card_paid() {
    let bench = armed("pm_card_visa").await;
    bench.spoil(json!([{ "status": "close_after" }])).await;
    recharge(&bench).await.unwrap_err();
    assert_eq!(bench.balance().await, Credits::ZERO);
    for event in bench.events().await {
        bench.receive(&event).await;
    }
    work_inbox_once(&bench.payments).await.unwrap();
    assert_eq!(bench.balance().await, credits(500));
    assert_eq!(known(&bench).await.open_attempt(), None);
}

#[tokio::test]
async fn an_outage_is_no_decline_and_charges_once() {
    for faults in [
        json!([{ "status": "close_before" }, { "status": "close_before" }]),
        json!([{ "status": "close_after" }, { "status": 429 }]),
        json!([{ "status": 500, "when": "after" }, { "status": 500 }]),
    ] {
        let bench = armed("pm_card_visa").await;
        bench.spoil(faults.clone()).await;
        recharge(&bench).await.unwrap_err();
        assert_eq!(recharge(&bench).await.unwrap(), None, "one is under way");
        bench.wait(60);
        let _ = look_again(&bench).await;
        bench.wait(300);
        look_again(&bench).await;
        assert_eq!(bench.balance().await, credits(500), "{faults}");
        let known = known(&bench).await;
        assert_eq!((known.attempts, known.failures), (1, 0), "{faults}");
        assert_eq!(payments_at_stripe(&bench).await, 1, "{faults}");
    }
}

#[tokio::test]
async fn what_stripe_never_came_to_is_given_up_before_the_call_could_be_another_one() {
    let bench = armed("pm_card_visa").await;
    bench.spoil(json!([{ "status": "close_before" }])).await;
    recharge(&bench).await.unwrap_err();
    bench.wait(21 * 3_600);
    let looked = look_again(&bench).await;
    let given_up = looked[0].as_ref().unwrap();
    assert_eq!(given_up.status, PurchaseStatus::Failed);
    assert_eq!(payments_at_stripe(&bench).await, 0);
    assert_eq!(known(&bench).await.failures, 0);
    // The account is still low: a new attempt, and that is counted.
    assert!(recharge(&bench).await.unwrap().is_some());
    assert_eq!(known(&bench).await.attempts, 2);
    assert_eq!(bench.balance().await, credits(500));
}

#[tokio::test]
async fn a_payment_whose_answer_was_lost_for_a_day_is_found() {
    let bench = armed("pm_card_visa").await;
    bench.spoil(json!([{ "status": "close_after" }])).await;
    recharge(&bench).await.unwrap_err();
    bench.wait(21 * 3_600);
    look_again(&bench).await;
    assert_eq!(bench.balance().await, credits(500));
    assert_eq!(payments_at_stripe(&bench).await, 1);
}

#[tokio::test]
async fn a_dead_card_is_asked_three_times_and_then_no_more() {
    let bench = armed("pm_card_visa_chargeDeclinedInsufficientFunds").await;
    for day in 0..30 {
        for _ in 0..4 {
            if let Some(purchase) = recharge(&bench).await.unwrap() {
                assert_eq!(purchase.status, PurchaseStatus::Failed, "day {day}");
            }
            look_again(&bench).await;
            bench.wait(6 * 3_600);
        }
    }
    assert_eq!(payments_at_stripe(&bench).await, 3);
    let dead = known(&bench).await;
    assert_eq!(dead.suspension, Some(Suspension::TooManyFailures));
    let failure = dead.last_failure.unwrap();
    assert_eq!(failure.decline.code, "insufficient_funds");
    assert!(failure.decline.advice.is_some());
    save_card(&bench, 2).await;
    assert!(recharge(&bench).await.unwrap().is_some());
    assert_eq!(bench.balance().await, credits(500));
}

#[tokio::test]
async fn a_card_that_is_lost_is_asked_once() {
    let bench = armed("pm_card_visa_chargeDeclinedLostCard").await;
    recharge(&bench).await.unwrap();
    bench.wait(7 * 86_400);
    assert_eq!(recharge(&bench).await.unwrap(), None);
    assert_eq!(payments_at_stripe(&bench).await, 1);
    let lost = known(&bench).await;
    assert_eq!(lost.suspension, Some(Suspension::CardRefused));
}

#[tokio::test]
async fn what_its_owner_has_to_confirm_gets_a_page_and_is_paid_there() {
    let bench = armed("pm_card_authenticationRequired").await;
    let waiting = recharge(&bench).await.unwrap().unwrap();
    assert_eq!(waiting.status, PurchaseStatus::Open);
    assert!(waiting.session_url.is_some());
    let attempt = known(&bench).await.attempt.unwrap();
    assert_eq!(attempt.state, AttemptState::NeedsAuthentication);
    // Every event so far changes nothing.
    for event in bench.events().await {
        bench.receive(&event).await;
    }
    work_inbox_once(&bench.payments).await.unwrap();
    assert_eq!(known(&bench).await.failures, 1);
    bench.pay(&waiting).await;
    bench.wait(60);
    look_again(&bench).await;
    assert_eq!(bench.balance().await, credits(500));
    let after = known(&bench).await;
    assert_eq!((after.failures, after.open_attempt()), (0, None));
}

#[tokio::test]
async fn a_page_that_nobody_visits_closes_and_the_card_rests() {
    let bench = armed("pm_card_authenticationRequired").await;
    recharge(&bench).await.unwrap();
    bench.wait(24 * 3_600);
    let body = json!({ "seconds": 24 * 3_600 });
    bench
        .call(Method::POST, "/_sandbox/clock/advance", Some(body))
        .await;
    look_again(&bench).await;
    let after = known(&bench).await;
    assert_eq!((after.failures, after.open_attempt()), (1, None));
    assert!(after.not_before.is_some());
    assert_eq!(bench.balance().await, Credits::ZERO);
}

#[tokio::test]
async fn a_card_that_stripe_has_no_longer_is_not_charged() {
    let bench = armed("pm_card_visa").await;
    let card = known(&bench).await.card.unwrap().payment_method_id;
    let path = format!("/v1/payment_methods/{card}/detach");
    bench.call(Method::POST, &path, None).await;
    // The event is lost: the call is refused.
    recharge(&bench).await.unwrap();
    let refused = known(&bench).await;
    assert_eq!(refused.failures, 1);
    assert_eq!(refused.open_attempt(), None);
    for event in bench.events().await {
        bench.receive(&event).await;
    }
    work_inbox_once(&bench.payments).await.unwrap();
    let removed = known(&bench).await;
    assert_eq!(removed.suspension, Some(Suspension::CardRemoved));
    assert_eq!(removed.usable_card(), None);
}

#[tokio::test]
async fn a_card_is_known_by_its_event_alone_and_gone_with_its_customer() {
    let bench = Bench::start().await;
    let page = open_page(&bench, 7).await;
    bench.fill_in(&page, "4242424242424242").await;
    for event in bench.events().await {
        bench.receive(&event).await;
    }
    work_inbox_once(&bench.payments).await.unwrap();
    let saved = known(&bench).await;
    assert_eq!(saved.usable_card().unwrap().brand, "visa");
    let customer = saved.customer_id.unwrap();
    bench
        .call(Method::DELETE, &format!("/v1/customers/{customer}"), None)
        .await;
    for event in bench.events().await {
        bench.receive(&event).await;
    }
    work_inbox_once(&bench.payments).await.unwrap();
    let gone = known(&bench).await;
    assert_eq!((gone.usable_card(), gone.customer_id.clone()), (None, None));
}

#[tokio::test]
async fn a_card_session_of_another_account_is_none() {
    let bench = armed("pm_card_visa").await;
    let sessions = bench.sessions().await;
    let id = sessions[0]["id"].as_str().unwrap();
    let other = AccountId::parse("user|2").unwrap();
    let found = bench.payments.refresh_card_session(&other, id).await;
    assert_eq!(found.unwrap(), None);
    let missing = "cs_test_missing";
    let found = bench.payments.refresh_card_session(&other, missing).await;
    assert_eq!(found.unwrap(), None);
}
