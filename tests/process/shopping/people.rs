//! The people: each does one thing after the other, and repeats what got no answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use reqwest::StatusCode;
use serde_json::json;
use tokio::task::JoinSet;

use crate::process::caller::{Answer, Caller, read};
use crate::support::process::{Installation, client};

/// Every so many purchases one is left alone, and one is tried with a card that is declined.
/// An account has at most 50 purchases open, so later every one is paid.
const SEES_EVERYTHING_THROUGH_FROM: usize = 120;
const LEFT_ALONE: usize = 8;
const DECLINED: usize = 5;
const PAUSE: Duration = Duration::from_millis(25);

/// What the people know they did.
#[derive(Default)]
pub struct Figures {
    pub opened: AtomicUsize,
    pub paid: AtomicUsize,
    pub adjusted: AtomicUsize,
    /// Requests that broke off or were put off.
    pub interrupted: AtomicUsize,
}

pub struct People {
    pub figures: Arc<Figures>,
    pub buyers: Vec<Caller>,
    enough: Arc<AtomicBool>,
    tasks: JoinSet<()>,
}

impl People {
    /// Sends `buyers` buyers and one administrator about their business.
    pub async fn start(installation: &Installation, api: &str, buyers: usize) -> People {
        let mut people = People {
            figures: Arc::default(),
            buyers: Vec::new(),
            enough: Arc::default(),
            tasks: JoinSet::new(),
        };
        for number in 0..buyers {
            let buyer = Caller::new(installation, api, &format!("buyer-{number}")).await;
            people.buyers.push(buyer.clone());
            let (figures, enough) = (Arc::clone(&people.figures), Arc::clone(&people.enough));
            people.tasks.spawn(async move {
                let mut turn = number;
                while !enough.load(Ordering::SeqCst) {
                    turn += 1;
                    shop(&buyer, number, turn, &figures).await;
                }
            });
        }
        let admin = Caller::new(installation, api, "admin").await;
        let (figures, enough) = (Arc::clone(&people.figures), Arc::clone(&people.enough));
        people.tasks.spawn(async move {
            while !enough.load(Ordering::SeqCst) {
                let number = figures.adjusted.load(Ordering::SeqCst);
                let account = format!("buyer-{}", number % buyers);
                let name = format!("adjustment {number}");
                let answer = admin.adjust(&account, &name.replace(' ', "-"), &name).await;
                assert_eq!(answer.status, 201, "{}", answer.text);
                figures.adjusted.fetch_add(1, Ordering::SeqCst);
            }
        });
        people
    }

    /// Lets everybody finish what is in hand.
    pub async fn finish(&mut self) {
        self.enough.store(true, Ordering::SeqCst);
        while let Some(ended) = self.tasks.join_next().await {
            ended.unwrap();
        }
    }

    /// Whether somebody has given up, which nobody may.
    pub fn are_all_there(&mut self) -> bool {
        self.tasks.try_join_next().is_none()
    }
}

async fn shop(buyer: &Caller, number: usize, turn: usize, figures: &Figures) {
    let key = format!("purchase-{number}-{turn}");
    let package = ["starter", "plus", "pro"][turn % 3];
    // A page of its own for each, or the same open session would be given again.
    let success = format!("https://platform.test/paid/{turn}");
    let body = json!({"package_id": package, "success_url": success});
    let opened = buyer.insist("/v1/checkout-sessions", &key, &body).await;
    if opened.text.contains("too_many_open_purchases") {
        // Payments that nobody could be told of while the service lay dead are still to be settled.
        tokio::time::sleep(PAUSE).await;
        return;
    }
    assert_eq!(opened.status, 201, "{}", opened.text);
    figures.opened.fetch_add(1, Ordering::SeqCst);
    let may_stay_open = turn < SEES_EVERYTHING_THROUGH_FROM;
    if may_stay_open && turn.is_multiple_of(LEFT_ALONE) {
        return;
    }
    let opened = opened.json();
    let page = opened["url"].as_str().unwrap();
    if may_stay_open && turn.is_multiple_of(DECLINED) {
        let declined = pay_in_the_end(page, "4000000000000002", figures).await;
        assert_eq!(declined.status, StatusCode::PAYMENT_REQUIRED);
        return;
    }
    let paid = pay_in_the_end(page, "4242424242424242", figures).await;
    // 409: it was paid by the attempt whose answer was lost.
    let is_paid = matches!(paid.status, StatusCode::SEE_OTHER | StatusCode::CONFLICT);
    assert!(is_paid, "{}: {}", paid.status, paid.text);
    figures.paid.fetch_add(1, Ordering::SeqCst);
}

async fn pay_in_the_end(page: &str, card: &str, figures: &Figures) -> Answer {
    loop {
        match pay(page, card).await {
            Ok(answer) if !answer.status.is_server_error() => return answer,
            _ => figures.interrupted.fetch_add(1, Ordering::SeqCst),
        };
        tokio::time::sleep(PAUSE).await;
    }
}

/// Fills in the sandbox's page once.
pub async fn pay(page: &str, card: &str) -> Result<Answer, reqwest::Error> {
    let form = [
        ("card_number", card),
        ("exp", "12/34"),
        ("cvc", "123"),
        ("email", "buyer@platform.test"),
    ];
    read(client().post(page).form(&form)).await
}
