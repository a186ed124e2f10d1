//! Our side of a story: one account with one purchase, in a store in memory that loads and stores as the
//! writer does. It hears events and asks Stripe as the inbox and the sweep do, and after every step its
//! books are audited. It does not know an event that it has heard before.

use ledger::command::{
    Action, Command, NewDebit, NewPurchase, NewSession, Outcome, PurchaseEvidence,
};
use ledger::credits::Credits;
use ledger::decide::decide;
use ledger::entry::EntryKind;
use ledger::ids::{AccountId, PurchaseId};
use ledger::instant::Instant;
use ledger::money::{Currency, Money};
use ledger::purchase::{CheckoutRequest, Evidence, Lane, Purchase, Tax, Terms};
use ledger::rating::Quantities;
use ledger::usage::Usage;
use simulation::{Auditor, Memory, Rows};
use uuid::Uuid;

use super::stripe::{Truth, Which};
use super::{ACCOUNT, Figures, Kept, PRICE, PURCHASE};
use crate::payments::events::Reading;

/// When the purchase is opened, in Unix seconds.
pub const START: i64 = 1_800_000_000;

/// An event that Stripe sends, as our reader understands it.
#[derive(Clone)]
pub struct Event {
    pub kind: &'static str,
    pub which: Which,
    pub reading: Reading,
    pub created: i64,
    /// What is true when it is made.
    pub truth: Truth,
}

#[derive(Clone)]
pub struct World {
    memory: Memory,
    auditor: Auditor,
    account: AccountId,
    purchase: PurchaseId,
    now: Instant,
    /// Still to be used, as soon as anything can be.
    uses: Credits,
    used: Credits,
    debits: u32,
}

impl World {
    pub fn with_session(uses: Credits) -> World {
        let mut world = World::without_session();
        world.record_session();
        world.uses = uses;
        world
    }

    /// Stripe's answer to our call is still on its way.
    pub fn without_session() -> World {
        let account = AccountId::parse(ACCOUNT).unwrap();
        let purchase = PurchaseId::from_uuid(Uuid::parse_str(PURCHASE).unwrap());
        let now = Instant::from_unix_seconds(START).unwrap();
        let mut world = World {
            memory: Memory::new(std::slice::from_ref(&account), now),
            auditor: Auditor::new(account.clone()),
            account: account.clone(),
            purchase,
            now,
            uses: Credits::ZERO,
            used: Credits::ZERO,
            debits: 0,
        };
        world.decide(Action::OpenPurchase(NewPurchase {
            terms: Terms {
                purchase_id: purchase,
                account_id: account,
                credits: Credits::from_whole(500).unwrap(),
                bonus: Credits::from_whole(50).unwrap(),
                price: Money {
                    amount_minor: PRICE,
                    currency: Currency::USD,
                },
                tax: Tax::Off,
                promotion: None,
                livemode: false,
                lane: Lane::Checkout,
                session_id: None,
            },
            request: CheckoutRequest {
                package_id: Some("starter".to_owned()),
                title: "500 credits".to_owned(),
                success_url: "https://shop.test/thanks".to_owned(),
                cancel_url: "https://shop.test/back".to_owned(),
                with_invoice: false,
                expires_at: now.plus_seconds(86_400).unwrap(),
            },
        }));
        world
    }

    pub fn record_session(&mut self) {
        self.decide(Action::RecordSession(NewSession {
            purchase_id: self.purchase,
            session_id: Which::Ours.id("cs"),
            url: None,
        }));
    }

    /// Time does not go back.
    pub fn wait_until(&mut self, seconds: i64) {
        self.now = self.now.max(Instant::from_unix_seconds(seconds).unwrap());
    }

    /// As the inbox does, with `truth` what Stripe says if it has to be asked.
    pub fn hear(&mut self, reading: &Reading, truth: &Truth) {
        match reading {
            Reading::About {
                purchase_id,
                account_id,
                evidence,
            } => {
                assert_eq!((*purchase_id, account_id), (self.purchase, &self.account));
                self.settle(evidence.clone());
            }
            Reading::OfPayment {
                payment_intent_id,
                evidence,
            } if is_ours(payment_intent_id) => self.settle(evidence.clone()),
            Reading::OfPayment { .. } | Reading::Ignored(_) => {}
            Reading::AboutCard(news) => panic!("{news:?} is in no story"),
            Reading::AskAbout { .. } => self.ask(truth),
            Reading::Unreadable(why) => panic!("{why}"),
        }
    }

    /// As the sweep does.
    pub fn ask(&mut self, truth: &Truth) {
        if self.purchase().terms.session_id.is_none() {
            self.record_session();
        }
        let answer = truth.answer(&self.purchase().facts, self.now);
        self.settle(answer);
    }

    fn settle(&mut self, evidence: Vec<Evidence>) {
        self.decide(Action::ApplyEvidence(PurchaseEvidence {
            purchase_id: self.purchase,
            evidence,
            next_check_at: self.now,
        }));
        self.use_credits(Credits::ZERO);
    }

    /// So much more is to be used, as soon as it can be.
    pub fn use_credits(&mut self, more: Credits) {
        self.uses = self.uses.checked_add(more).unwrap();
        if self.uses.is_zero() {
            return;
        }
        let rows = self.rows();
        let free = rows.lots.values().map(|lot| lot.free().unwrap().micro());
        let credits = self.uses.min(Credits::from_micro(free.sum()));
        if credits.is_zero() {
            return;
        }
        self.uses = self.uses.checked_sub(credits).unwrap();
        self.used = self.used.checked_add(credits).unwrap();
        self.debits += 1;
        self.decide(Action::Debit(NewDebit {
            credits,
            usage: Usage {
                operation: "images.generate".to_owned(),
                variant: None,
                quantities: Quantities::default(),
                rate_version: None,
            },
            reference: format!("work {}", self.debits),
            description: None,
            metadata: None,
        }));
    }

    fn decide(&mut self, action: Action) -> Outcome {
        let command = Command {
            account_id: self.account.clone(),
            key: None,
            action,
        };
        let commands = std::slice::from_ref(&command);
        let mut state = self.memory.load(commands, self.now);
        let outcome = decide(&mut state, &command, self.now);
        self.memory.store(state);
        let rows = &self.memory.stored(&self.account).rows;
        self.auditor.read(rows).unwrap();
        self.auditor.compare(rows, rows.lots.values()).unwrap();
        outcome.unwrap_or_else(|rejection| panic!("{rejection}: {command:?}"))
    }

    fn rows(&self) -> &Rows {
        &self.memory.stored(&self.account).rows
    }

    fn purchase(&self) -> &Purchase {
        &self.rows().purchases[&self.purchase]
    }

    /// What differs from what must be: none if nothing does.
    pub fn difference(&self, expected: &Figures) -> Option<String> {
        let rows = self.rows();
        let grants = rows.entries.iter();
        let grants = grants.filter(|entry| entry.body.kind == EntryKind::Grant);
        assert!(grants.count() <= 1, "granted twice");
        let purchase = self.purchase();
        let account = &rows.account;
        let (balance, debt) = (account.balance, account.debt);
        let free = rows.lots.values().any(|lot| !lot.free().unwrap().is_zero());
        assert!(
            debt.is_zero() || !free,
            "what is owed is paid as soon as anything is free"
        );
        let found = Figures {
            status: purchase.status,
            review: purchase.review,
            granted: purchase.posted,
            clawed: purchase.clawed.total().unwrap(),
            frozen: account.frozen,
            kept: match expected.kept {
                Kept::Exactly { .. } => Kept::Exactly { balance, debt },
                Kept::Worth(_) => {
                    let owned = balance.checked_add(self.used).unwrap();
                    Kept::Worth(owned.checked_sub(debt).unwrap())
                }
            },
        };
        let mut expected = expected.clone();
        if matches!(expected.kept, Kept::Worth(_)) {
            // What was used or taken can't be frozen.
            let own = rows.lots.values();
            let own = own.filter(|lot| lot.purchase_id == Some(self.purchase));
            let there = own.map(|lot| lot.remaining.micro()).sum();
            expected.frozen = expected.frozen.min(Credits::from_micro(there));
        }
        (found != expected).then(|| format!("expected {expected:#?}\nfound {found:#?}"))
    }
}

/// What Stripe says of whose payment it is, by what we put on it.
fn is_ours(payment_intent_id: &str) -> bool {
    [Which::Ours, Which::Second]
        .iter()
        .any(|which| which.id("pi") == payment_intent_id)
}
