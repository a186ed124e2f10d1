//! Attempts at deliveries, with a clock moved by hand and a receiver that answers as it is told to.

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::time::Duration;

use ledger::command::{Action, Adjustment, Command};
use ledger::credits::Credits;
use ledger::ids::{AccountId, EndpointId};
use ledger::notice::{Kind, News};
use secrecy::SecretString;
use tokio::sync::watch;
use tokio::time::timeout;
use uuid::Uuid;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::mail::House;
use super::webhook::Egress;
use super::*;
use crate::auth::SigningKey;
use crate::config::MailSettings;
use crate::payments::bench::Bench;
use crate::stopping::Stopping;
use crate::store::{Contact, Delivery, DeliveryFilter, DeliveryStatus, Endpoint, Target};

struct Post {
    bench: Bench,
    dispatch: Dispatch,
    receiver: MockServer,
    target: Target,
}

fn running() -> (watch::Sender<bool>, Stopping) {
    let (sender, stopped) = watch::channel(false);
    (sender, Stopping::new(stopped))
}

impl Post {
    /// With an endpoint that takes everything, at a receiver that answers like this.
    async fn start(answer: ResponseTemplate) -> Post {
        let bench = Bench::start().await;
        let key = SigningKey::new(&SecretString::from(
            "a key that nobody guesses, at least not here",
        ));
        let here = Egress::new(vec!["127.0.0.0/8".parse().unwrap()]);
        let payments = &bench.payments;
        let dispatch = Dispatch {
            store: payments.store.clone(),
            writer: payments.writer.clone(),
            clock: bench.clock.clone(),
            mailer: None,
            webhooks: Some(WebhookSender::new(key, here).unwrap()),
        };
        let receiver = MockServer::start().await;
        Mock::given(any())
            .respond_with(answer)
            .mount(&receiver)
            .await;
        let id = EndpointId::from_uuid(Uuid::from_u128(7));
        let now = bench.clock.now();
        let endpoint = Endpoint {
            id,
            url: receiver.uri(),
            kinds: None,
            description: None,
            disabled: None,
            failing_since: None,
            is_untold: false,
            secret_generation: 1,
            previous_until: None,
            owner: AccountId::parse("admin-1").unwrap(),
            created_at: now,
            updated_at: now,
        };
        dispatch.store.create_endpoint(&endpoint).await.unwrap();
        Post {
            bench,
            dispatch,
            receiver,
            target: Target::Endpoint(id),
        }
    }

    async fn give(&self) {
        let given = Adjustment {
            credits: Credits::from_whole(200).unwrap(),
            reason: "for a test".to_owned(),
            actor: "admin-1".to_owned(),
            expires_at: None,
        };
        self.bench.command(Action::Adjust(given)).await;
        assert_eq!(route_once(&self.dispatch).await.unwrap(), 1);
    }

    async fn deliver(&self) -> usize {
        let (_sender, stopping) = running();
        deliver_due(&self.dispatch, self.target, &stopping)
            .await
            .unwrap()
    }

    async fn deliveries(&self) -> Vec<Delivery> {
        let all = DeliveryFilter::default();
        self.dispatch
            .store
            .deliveries(&all, None, 100)
            .await
            .unwrap()
    }

    async fn received(&self) -> usize {
        self.receiver.received_requests().await.unwrap().len()
    }
}

#[tokio::test]
async fn a_delivery_that_never_gets_there_is_a_dead_letter_after_ten_attempts() {
    let post = Post::start(ResponseTemplate::new(503)).await;
    post.give().await;
    let begin = post.bench.clock.now();
    let mut attempts = 0;
    while let Some(next) = post.deliveries().await[0].next_attempt_at {
        post.bench.clock.set(next.max(post.bench.clock.now()));
        attempts += post.deliver().await;
    }
    assert_eq!((attempts, post.received().await), (10, 10));
    let days = post.bench.clock.now().seconds_since(begin) / 86_400;
    assert!((2..=3).contains(&days), "{days} days");
    let dead = post.deliveries().await.remove(0);
    assert_eq!((dead.status, dead.attempts), (DeliveryStatus::GivenUp, 10));
    assert_eq!(dead.answer.unwrap().status, Some(503));
    // What comes long after it is attempted all the same, and its failure is the first of its time.
    post.bench.wait(6 * 86_400);
    post.give().await;
    assert_eq!(post.deliver().await, 1);
    assert_eq!(post.deliveries().await[0].status, DeliveryStatus::Waiting);
    let Target::Endpoint(id) = post.target else {
        panic!()
    };
    let endpoint = post.dispatch.store.endpoint(id).await.unwrap().unwrap();
    assert_eq!(endpoint.disabled, None);
    assert_eq!(endpoint.failing_since, Some(post.bench.clock.now()));
}

#[tokio::test]
async fn a_reminder_that_comes_too_late_is_not_sent() {
    let mute = Mute::listen();
    let mailer = mute.mailer();
    let post = Post::start(ResponseTemplate::new(200)).await;
    let store = &post.dispatch.store;
    let mut notices = samples::notices().into_iter();
    let reminder = notices.find(|it| it.news.kind() == Kind::CreditsExpiring);
    let reminder = reminder.unwrap();
    let News::CreditsExpiring { ends_at, .. } = reminder.news else {
        panic!()
    };
    let id = AccountId::parse("user-1").unwrap();
    let contact = Contact {
        email: Some("ada@people.example".to_owned()),
        ..Contact::default()
    };
    store.set_contact(&id, &contact, ends_at).await.unwrap();
    let before = ends_at.plus_seconds(-1).unwrap();
    let sent = mailer.send(store, &id, &reminder, before).await.unwrap();
    assert!(matches!(sent, Sent::Failed(_)), "{sent:?}");
    let sent = mailer.send(store, &id, &reminder, ends_at).await.unwrap();
    let Sent::Refused(answer) = sent else {
        panic!("{sent:?}")
    };
    assert_eq!(answer.text, "the credits have ended meanwhile");
}

#[tokio::test]
async fn whoever_stops_lets_go_of_what_it_has_claimed() {
    let slow = ResponseTemplate::new(200).set_delay(Duration::from_secs(10));
    let post = Post::start(slow).await;
    post.give().await;
    let (sender, stopping) = running();
    let pass = deliver_due(&post.dispatch, post.target, &stopping);
    let stop = async {
        while post.received().await == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        sender.send(true).unwrap();
    };
    let (made, ()) = tokio::join!(pass, stop);
    assert_eq!(made.unwrap(), 0);
    let now = post.bench.clock.now();
    let due = post
        .dispatch
        .store
        .deliveries_due(post.target, now, 10)
        .await
        .unwrap();
    assert_eq!(due.len(), 1, "the next process need not wait for the lease");
}

#[tokio::test]
async fn whoever_died_has_claimed_for_a_minute() {
    let post = Post::start(ResponseTemplate::new(200)).await;
    post.give().await;
    let delivery = post.deliveries().await.remove(0);
    let lease_end = post.bench.clock.now().plus_seconds(20).unwrap();
    assert!(
        post.dispatch
            .store
            .claim_delivery(&delivery, lease_end)
            .await
            .unwrap()
    );
    assert_eq!(post.deliver().await, 0);
    post.bench.wait(20);
    assert_eq!(post.deliver().await, 1);
    assert_eq!(post.deliveries().await[0].status, DeliveryStatus::Delivered);
}

#[tokio::test]
async fn nobody_there_is_a_failure_that_says_so() {
    let post = Post::start(ResponseTemplate::new(200)).await;
    post.give().await;
    let Target::Endpoint(id) = post.target else {
        panic!()
    };
    let mut endpoint = post.dispatch.store.endpoint(id).await.unwrap().unwrap();
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    endpoint.url = format!("http://{port}/");
    post.dispatch
        .store
        .update_endpoint(&endpoint)
        .await
        .unwrap();
    assert_eq!(post.deliver().await, 1);
    let failed = post.deliveries().await.remove(0);
    assert_eq!(failed.status, DeliveryStatus::Waiting);
    let answer = failed.answer.unwrap();
    assert!(
        answer.status.is_none() && answer.text.starts_with("no answer: "),
        "{answer:?}"
    );
    // The guard looks again each time: what was saved may not be allowed any more.
    endpoint.url = "https://10.0.0.1/".to_owned();
    post.dispatch
        .store
        .update_endpoint(&endpoint)
        .await
        .unwrap();
    post.bench.wait(10);
    assert_eq!(post.deliver().await, 1);
    let answer = post.deliveries().await.remove(0).answer.unwrap();
    assert_eq!(answer.text, "its host is not on the public internet");
    assert_eq!(post.received().await, 0);
}

/// A mail server that takes connections and never says a word.
struct Mute(TcpListener);

impl Mute {
    fn listen() -> Mute {
        Mute(TcpListener::bind("127.0.0.1:0").unwrap())
    }

    fn mailer(&self) -> Mailer {
        let url = format!("smtp://{}", self.0.local_addr().unwrap());
        let settings = MailSettings {
            server: SecretString::from(url),
            from: "credits@acme.example".parse().unwrap(),
        };
        let house = House {
            product: "Credits".to_owned(),
            page_url: "https://acme.example/credits".to_owned(),
            public_url: "https://credits.acme.example".to_owned(),
        };
        let key = SigningKey::new(&SecretString::from("a key"));
        let mut mailer = Mailer::new(&settings, house, key).unwrap();
        mailer.server.patience = Duration::from_millis(200);
        mailer
    }
}

#[tokio::test]
async fn a_mail_server_that_says_nothing_holds_up_no_other_mail_and_no_later_one() {
    let mute = Mute::listen();
    let mut post = Post::start(ResponseTemplate::new(200)).await;
    post.dispatch.mailer = Some(mute.mailer());
    let store = &post.dispatch.store;
    let now = post.bench.clock.now();
    for number in 0..12 {
        let id = AccountId::parse(&format!("user-{number}")).unwrap();
        let contact = Contact {
            email: Some(format!("{id}@people.example")),
            ..Contact::default()
        };
        store.set_contact(&id, &contact, now).await.unwrap();
        for credits in [5, -5] {
            let adjustment = Adjustment {
                credits: Credits::from_whole(credits).unwrap(),
                reason: "for a test".to_owned(),
                actor: "admin-1".to_owned(),
                expires_at: None,
            };
            let command = Command {
                account_id: id.clone(),
                key: None,
                action: Action::Adjust(adjustment),
            };
            post.dispatch.writer.submit(command, None).await.unwrap();
        }
    }
    while route_once(&post.dispatch).await.unwrap() > 0 {}
    let (_sender, stopping) = running();
    // More than are attempted at once, and then once more.
    for attempts in [1, 2] {
        let pass = deliver_due(&post.dispatch, Target::Mailbox, &stopping);
        let made = timeout(Duration::from_secs(20), pass).await;
        assert_eq!(made.expect("it hangs").unwrap(), 12);
        let to_people = DeliveryFilter {
            target: Some(Target::Mailbox),
            ..DeliveryFilter::default()
        };
        let mut mails = store.deliveries(&to_people, None, 100).await.unwrap();
        // Behind each of them waits what else there is to tell.
        mails.retain(|it| it.attempts > 0);
        assert_eq!(mails.len(), 12);
        let next: BTreeSet<_> = mails.iter().map(|it| it.next_attempt_at).collect();
        assert!(next.len() > 1, "they do not come back together");
        for mail in mails {
            assert_eq!(
                (mail.status, mail.attempts),
                (DeliveryStatus::Waiting, attempts)
            );
            assert_eq!(mail.answer.unwrap().text, "no answer in time");
        }
        post.bench.wait(10);
    }
}

#[tokio::test]
async fn as_much_of_an_answer_is_kept_as_is_of_use() {
    let long = format!("{}\u{0}{}", "x".repeat(100), "y".repeat(100_000));
    let post = Post::start(ResponseTemplate::new(200).set_body_string(long)).await;
    post.give().await;
    assert_eq!(post.deliver().await, 1);
    let text = post.deliveries().await.remove(0).answer.unwrap().text;
    assert_eq!(text.chars().count(), 1_000);
    assert!(!text.chars().any(char::is_control));
}
