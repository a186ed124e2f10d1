//! The outbox: a notice is routed once, in its account's order, and a delivery is one process's at a time.

use std::collections::BTreeSet;

use credits::store::{
    Answer, Contact, Delivery, DeliveryFilter, DeliveryStatus, Disabled, Endpoint, Locale, Target,
};
use credits::verify::verify;
use ledger::ids::{AccountId, EndpointId};
use ledger::instant::Instant;
use ledger::notice::Kind;
use uuid::Uuid;

use crate::support::databases::TestDatabase;
use crate::support::decisions::{account, adjust, at, decide};

const NOON: &str = "2026-03-01T12:00:00Z";
const TOMORROW: &str = "2026-03-02T12:00:00Z";

async fn give(db: &TestDatabase, id: &AccountId, times: usize) {
    for _ in 0..times {
        decide(&db.store, adjust(id, "+200", None), at(NOON))
            .await
            .unwrap();
    }
}

fn target(number: u128) -> Target {
    Target::Endpoint(EndpointId::from_uuid(Uuid::from_u128(number)))
}

/// Deliveries of all that is not routed, as a process has made them that has read it.
async fn deliveries(db: &TestDatabase, id: &AccountId, target: Target) -> Vec<Delivery> {
    let notices = db.store.notices_to_route(id, 100).await.unwrap();
    let notices = notices.iter();
    notices.map(|it| Delivery::new(id, it, target)).collect()
}

async fn route(db: &TestDatabase, id: &AccountId, target: Target) {
    let made = deliveries(db, id, target).await;
    let last = made.last().unwrap().number;
    db.store.route(id, last, &made).await.unwrap();
}

async fn due(db: &TestDatabase, target: Target, now: &str) -> Vec<(String, i64)> {
    let due = db.store.deliveries_due(target, at(now), 100).await.unwrap();
    let due = due.into_iter();
    let mut due: Vec<(String, i64)> = due
        .map(|it| (it.account_id.to_string(), it.number))
        .collect();
    due.sort();
    due
}

async fn claimed(db: &TestDatabase, target: Target) -> Delivery {
    let mut due = db.store.deliveries_due(target, at(NOON), 1).await.unwrap();
    let mut delivery = due.remove(0);
    assert!(
        db.store
            .claim_delivery(&delivery, at("2026-03-01T12:01:00Z"))
            .await
            .unwrap()
    );
    delivery.attempts += 1;
    delivery
}

async fn finish(
    db: &TestDatabase,
    mut delivery: Delivery,
    status: DeliveryStatus,
    next: Option<&str>,
) {
    delivery.status = status;
    delivery.next_attempt_at = next.map(at);
    delivery.attempted_at = Some(at(NOON));
    let text = "so it is".to_owned();
    delivery.answer = Some(Answer {
        status: Some(204),
        text,
    });
    db.store.finish_delivery(&delivery).await.unwrap();
}

fn endpoint() -> Endpoint {
    Endpoint {
        id: EndpointId::from_uuid(Uuid::from_u128(7)),
        url: "https://one.example/".to_owned(),
        kinds: Some(BTreeSet::from([Kind::PurchasePaid, Kind::EndpointDisabled])),
        description: None,
        disabled: None,
        failing_since: None,
        is_untold: false,
        secret_generation: 3,
        previous_until: Some(at(NOON)),
        owner: account("admin-1"),
        created_at: at(NOON),
        updated_at: at(NOON),
    }
}

on_both_engines! {
    async fn a_notice_is_routed_once_however_many_try(db: TestDatabase) {
        let id = account("user-1");
        give(&db, &id, 2).await;
        assert_eq!(db.store.accounts_to_route(10).await.unwrap(), BTreeSet::from([id.clone()]));
        // Two have read the same notices.
        let (mine, theirs) = (deliveries(&db, &id, target(1)).await, deliveries(&db, &id, target(1)).await);
        db.store.route(&id, 2, &mine).await.unwrap();
        let delivery = claimed(&db, target(1)).await;
        finish(&db, delivery, DeliveryStatus::Delivered, None).await;
        db.store.route(&id, 2, &theirs).await.unwrap();
        assert_eq!(db.store.accounts_to_route(10).await.unwrap(), BTreeSet::new());
        assert_eq!(due(&db, target(1), NOON).await, [("user-1".to_owned(), 2)], "what was delivered stays so");
    }

    async fn whoever_dies_while_routing_leaves_it_to_others(db: TestDatabase) {
        let id = account("user-1");
        give(&db, &id, 2).await;
        // The deliveries are stored, and the notices are not marked.
        let made = deliveries(&db, &id, target(1)).await;
        db.store.route(&id, 0, &made).await.unwrap();
        give(&db, &id, 1).await;
        assert_eq!(db.store.notices_to_route(&id, 10).await.unwrap().len(), 3);
        route(&db, &id, target(1)).await;
        let all = db.store.deliveries(&DeliveryFilter::default(), None, 10).await.unwrap();
        assert_eq!(all.len(), 3);
    }

    async fn an_account_is_served_in_order_and_others_meanwhile(db: TestDatabase) {
        let (one, two) = (account("user-1"), account("user-2"));
        give(&db, &one, 3).await;
        give(&db, &two, 1).await;
        for id in [&one, &two] {
            route(&db, id, target(1)).await;
        }
        route_other(&db, &one).await;
        let firsts = [("user-1".to_owned(), 1), ("user-2".to_owned(), 1)];
        assert_eq!(due(&db, target(1), NOON).await, firsts);
        let first = claimed(&db, target(1)).await;
        let whose = first.account_id.to_string();
        assert_eq!(due(&db, target(1), NOON).await.len(), 1, "what is claimed is nobody else's, and holds the rest up");
        finish(&db, first.clone(), DeliveryStatus::Waiting, Some("2026-03-01T13:00:00Z")).await;
        assert!(!due(&db, target(1), "2026-03-01T12:59:59Z").await.iter().any(|it| it.0 == whose));
        assert!(due(&db, target(1), "2026-03-01T13:00:00Z").await.contains(&(whose.clone(), 1)));
        // Given up, it holds nothing up any more.
        finish(&db, first, DeliveryStatus::GivenUp, None).await;
        let rest = due(&db, target(1), "2026-03-01T13:00:00Z").await;
        assert!(whose == "user-2" || rest.contains(&(whose, 2)), "{rest:?}");
        assert_eq!(due(&db, target(2), NOON).await, [("user-1".to_owned(), 1)], "another target waits for nothing");
    }

    async fn a_delivery_is_one_process_s_until_its_lease_ends(db: TestDatabase) {
        let id = account("user-1");
        give(&db, &id, 1).await;
        route(&db, &id, Target::Mailbox).await;
        assert_eq!(db.store.targets_due(at(NOON)).await.unwrap(), [Target::Mailbox]);
        let seen = db.store.deliveries_due(Target::Mailbox, at(NOON), 1).await.unwrap().remove(0);
        let slow = claimed(&db, Target::Mailbox).await;
        assert!(!db.store.claim_delivery(&seen, at("2026-03-01T12:01:00Z")).await.unwrap());
        assert_eq!(db.store.targets_due(at(NOON)).await.unwrap(), []);
        // The lease ends, and somebody else delivers it.
        let mut seen = db.store.deliveries_due(Target::Mailbox, at("2026-03-01T12:01:00Z"), 1).await.unwrap();
        let mut other = seen.remove(0);
        assert!(db.store.claim_delivery(&other, at("2026-03-01T12:02:00Z")).await.unwrap());
        other.attempts += 1;
        finish(&db, other, DeliveryStatus::Delivered, None).await;
        // What the first one has to say comes too late.
        finish(&db, slow, DeliveryStatus::GivenUp, None).await;
        let all = db.store.deliveries(&DeliveryFilter::default(), None, 10).await.unwrap();
        assert_eq!((all[0].status, all[0].attempts), (DeliveryStatus::Delivered, 2));
        assert_eq!(db.store.delivery(all[0].id).await.unwrap().as_ref(), Some(&all[0]));
    }

    async fn dead_letters_can_be_ordered_again(db: TestDatabase) {
        let id = account("user-1");
        give(&db, &id, 3).await;
        route(&db, &id, target(1)).await;
        assert_eq!(db.store.give_up_deliveries(target(1), "gone").await.unwrap(), 3);
        let dead = DeliveryFilter { status: Some(DeliveryStatus::GivenUp), target: Some(target(1)), ..Default::default() };
        assert_eq!(db.store.deliveries(&dead, None, 10).await.unwrap().len(), 3);
        assert_eq!(due(&db, target(1), NOON).await, []);
        assert_eq!(db.store.replay_given_up(target(1), at(NOON)).await.unwrap(), 3);
        assert_eq!(due(&db, target(1), NOON).await, [("user-1".to_owned(), 1)]);
        let page = db.store.deliveries(&DeliveryFilter::default(), None, 2).await.unwrap();
        let last = (page[1].created_at, page[1].id);
        let rest = db.store.deliveries(&DeliveryFilter::default(), Some(last), 2).await.unwrap();
        assert_eq!(rest.len(), 1);
        // Kept until they are old and done.
        let later = Instant::from_micros(at(NOON).micros() + 1);
        assert_eq!(db.store.forget_deliveries(later).await.unwrap(), 0);
        let delivery = claimed(&db, target(1)).await;
        finish(&db, delivery, DeliveryStatus::Delivered, None).await;
        assert_eq!(db.store.forget_deliveries(at(NOON)).await.unwrap(), 0);
        assert_eq!(db.store.forget_deliveries(later).await.unwrap(), 1);
    }

    async fn what_waits_behind_one_ordered_again_is_due_with_it(db: TestDatabase) {
        let (one, two) = (account("user-1"), account("user-2"));
        give(&db, &one, 3).await;
        route(&db, &one, target(1)).await;
        let first = claimed(&db, target(1)).await;
        finish(&db, first.clone(), DeliveryStatus::Waiting, Some(TOMORROW)).await;
        db.store.replay_delivery(first.id, at(NOON)).await.unwrap();
        let again = claimed(&db, target(1)).await;
        assert_eq!(again.number, 1);
        finish(&db, again, DeliveryStatus::Delivered, None).await;
        assert_eq!(due(&db, target(1), NOON).await, [("user-1".to_owned(), 2)]);
        // A dead letter the same, and nothing behind what still fails.
        let second = claimed(&db, target(1)).await;
        finish(&db, second.clone(), DeliveryStatus::Waiting, Some(TOMORROW)).await;
        finish(&db, second, DeliveryStatus::GivenUp, None).await;
        give(&db, &two, 2).await;
        route(&db, &two, target(1)).await;
        let failing = claimed(&db, target(1)).await;
        assert_eq!(failing.account_id, two);
        finish(&db, failing, DeliveryStatus::Waiting, Some(TOMORROW)).await;
        assert_eq!(db.store.replay_given_up(target(1), at(NOON)).await.unwrap(), 1);
        for number in [2, 3] {
            let again = claimed(&db, target(1)).await;
            assert_eq!((again.account_id.as_str(), again.number), ("user-1", number));
            finish(&db, again, DeliveryStatus::Delivered, None).await;
        }
        assert_eq!(db.store.targets_due(at(NOON)).await.unwrap(), []);
    }

    async fn what_is_routed_behind_one_that_failed_waits_for_it(db: TestDatabase) {
        let id = account("user-1");
        give(&db, &id, 1).await;
        route(&db, &id, target(1)).await;
        let first = claimed(&db, target(1)).await;
        // Behind one that has yet to fail it waits for no time of its own.
        give(&db, &id, 1).await;
        route(&db, &id, target(1)).await;
        assert_eq!(db.store.targets_due(at(NOON)).await.unwrap(), [target(1)]);
        finish(&db, first.clone(), DeliveryStatus::Waiting, Some(TOMORROW)).await;
        give(&db, &id, 1).await;
        route_other(&db, &id).await;
        route(&db, &id, target(1)).await;
        assert_eq!(db.store.targets_due(at(NOON)).await.unwrap(), [target(2)], "another target waits for nothing");
        while let Some(other) = db.store.deliveries_due(target(2), at(NOON), 1).await.unwrap().pop() {
            finish(&db, other, DeliveryStatus::Delivered, None).await;
        }
        assert_eq!(db.store.waiting().await.unwrap().delivery, Some(at(TOMORROW)), "nothing lags behind");
        finish(&db, first, DeliveryStatus::Delivered, None).await;
        assert_eq!(due(&db, target(1), TOMORROW).await, [("user-1".to_owned(), 2)]);
    }

    async fn a_delivery_without_a_notice_is_an_orphan(db: TestDatabase) {
        let id = account("user-1");
        give(&db, &id, 1).await;
        route(&db, &id, target(1)).await;
        assert!(verify(&db.store).await.unwrap().is_healthy());
        db.sql("UPDATE deliveries SET number = 9").await;
        let found = verify(&db.store).await.unwrap().violations;
        assert!(found.iter().any(|it| it.invariant == "orphan" && it.account_id == "user-1"), "{found:?}");
    }

    async fn endpoints_are_kept_as_they_were_set(db: TestDatabase) {
        let mut one = endpoint();
        db.store.create_endpoint(&one).await.unwrap();
        assert_eq!(db.store.endpoints().await.unwrap(), [one.clone()]);
        assert!(one.wants(Kind::PurchasePaid) && !one.wants(Kind::BalanceLow));
        db.store.note_endpoint(one.id, Some(at(NOON))).await.unwrap();
        db.store.note_endpoint(one.id, Some(at("2026-03-02T12:00:00Z"))).await.unwrap();
        one.failing_since = Some(at(NOON));
        assert_eq!(db.store.endpoint(one.id).await.unwrap(), Some(one.clone()), "the first failure counts");
        assert!(db.store.disable_endpoint(one.id, Disabled::Failing, at(NOON)).await.unwrap());
        assert!(!db.store.disable_endpoint(one.id, Disabled::Gone, at(NOON)).await.unwrap(), "somebody was faster");
        (one.disabled, one.is_untold) = (Some(Disabled::Failing), true);
        assert_eq!(db.store.endpoint(one.id).await.unwrap(), Some(one.clone()));
        db.store.endpoint_told(one.id).await.unwrap();
        db.store.note_endpoint(one.id, None).await.unwrap();
        one.is_untold = false;
        assert_eq!(db.store.endpoint(one.id).await.unwrap(), Some(one.clone()), "why it was disabled stays on record");
        (one.kinds, one.disabled) = (None, None);
        one.description = Some("in the shop".to_owned());
        assert!(db.store.update_endpoint(&one).await.unwrap());
        assert_eq!(db.store.endpoint(one.id).await.unwrap(), Some(one.clone()));
        db.store.note_endpoint(one.id, None).await.unwrap();
        one.failing_since = None;
        assert_eq!(db.store.endpoint(one.id).await.unwrap(), Some(one.clone()));
        assert!(db.store.delete_endpoint(one.id).await.unwrap());
        assert!(!db.store.delete_endpoint(one.id).await.unwrap() && !db.store.update_endpoint(&one).await.unwrap());
    }

    async fn whoever_sets_an_endpoint_leaves_its_secrets_to_whoever_rotates_them(db: TestDatabase) {
        let one = endpoint();
        db.store.create_endpoint(&one).await.unwrap();
        // All three have read it as it was made.
        let mut rotated = Endpoint { secret_generation: 4, previous_until: None, ..one.clone() };
        let set = Endpoint { url: "https://two.example/".to_owned(), ..one.clone() };
        assert!(db.store.rotate_endpoint(&rotated, one.secret_generation).await.unwrap());
        assert!(db.store.update_endpoint(&set).await.unwrap());
        rotated.url.clone_from(&set.url);
        assert_eq!(db.store.endpoint(one.id).await.unwrap(), Some(rotated.clone()));
        let late = Endpoint { previous_until: Some(at(TOMORROW)), ..rotated.clone() };
        assert!(!db.store.rotate_endpoint(&late, one.secret_generation).await.unwrap(), "somebody was faster");
        assert_eq!(db.store.endpoint(one.id).await.unwrap(), Some(rotated));
    }

    async fn contacts_are_kept_as_they_were_set(db: TestDatabase) {
        let id = account("user-1");
        assert_eq!(db.store.contact(&id).await.unwrap(), None);
        for email in [Some("ada@acme.example".to_owned()), None] {
            let contact = Contact { email, locale: Locale::German };
            db.store.set_contact(&id, &contact, at(NOON)).await.unwrap();
            assert_eq!(db.store.contact(&id).await.unwrap(), Some(contact));
        }
    }
}

/// To another target as well, as a second endpoint would be sent it.
async fn route_other(db: &TestDatabase, id: &AccountId) {
    let notices = db.store.notices(id, None, 100).await.unwrap();
    let made: Vec<Delivery> = notices
        .iter()
        .map(|it| Delivery::new(id, &it.notice, target(2)))
        .collect();
    db.store.route(id, 0, &made).await.unwrap();
}
