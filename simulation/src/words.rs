//! From the numbers of a story to the ledger's own words: account names, keys, kinds of work, offers,
//! and Stripe's objects with the flaws they may have.

use ledger::calendar::{AnchorDay, Zone};
use ledger::command::{
    AccountSettings, Action, Adjustment, Capture, Command, Finality, HoldChange, NewDebit, NewHold,
    NewPurchase, NewRuling, NewSession, PromotionalGrant, PurchaseEvidence, Refund,
};
use ledger::credits::Credits;
use ledger::hold::Overage;
use ledger::ids::{AccountId, HoldId, PurchaseId};
use ledger::instant::Instant;
use ledger::limit::{Limit, LimitWindow};
use ledger::purchase::Ruling;
use ledger::rating::Quantities;
use ledger::replay::{Key, KeyId};
use ledger::usage::Usage;
use uuid::Uuid;

use crate::offers;
use crate::story::{Ask, Cap, Charged, KeyNumber, Last, List, Policy, Request, Word, Work};

/// Operation, variant, and the version of the rate that priced it.
const KINDS: [(&str, Option<&str>, Option<i32>); 5] = [
    ("market_analysis", None, None),
    ("backtesting", None, Some(3)),
    ("model_inference", Some("large"), Some(7)),
    ("model_inference", Some("small"), Some(7)),
    ("other", None, None),
];

const ZONES: [&str; 8] = [
    "UTC",
    "Asia/Kolkata",
    "America/New_York",
    "Pacific/Apia",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Africa/Cairo",
    "America/Sao_Paulo",
];

pub const KIND_COUNT: u8 = 5;
pub const ZONE_COUNT: u8 = 8;

/// What the numbers of one story stand for.
pub struct Words {
    story: u64,
    accounts: Vec<AccountId>,
    zones: Vec<Zone>,
}

/// What is known only once something has happened: the ids that the ledger made.
pub trait Happened {
    fn hold(&self, account: &AccountId, reference: &str) -> Option<HoldId>;
    fn debit(&self, account: &AccountId, reference: &str) -> Option<i64>;
    fn capture(&self, account: &AccountId, reference: &str, which: usize) -> Option<i64>;
    fn entry_count(&self, account: &AccountId) -> i64;
}

impl Words {
    /// `story` tells the accounts of one story from those of another on the same database.
    pub fn new(story: u64, accounts: u8) -> Words {
        let name = |number| format!("story-{story}-{number}");
        Words {
            story,
            accounts: (0..accounts)
                .map(|number| AccountId::parse(&name(number)).unwrap())
                .collect(),
            zones: ZONES.map(|name| Zone::parse(name).unwrap()).into(),
        }
    }

    pub fn accounts(&self) -> &[AccountId] {
        &self.accounts
    }

    pub fn account(&self, number: u8) -> &AccountId {
        &self.accounts[usize::from(number)]
    }

    pub fn purchase_id(&self, number: u32) -> PurchaseId {
        let id = (u128::from(self.story) << 64) | u128::from(number);
        PurchaseId::from_uuid(Uuid::from_u128(id))
    }

    pub fn command(&self, request: &Request, happened: &impl Happened) -> Command {
        let account_id = self.account(request.account).clone();
        Command {
            action: self.action(&account_id, &request.ask, happened),
            account_id,
            key: request.key.map(|key| self.key(key)),
        }
    }

    fn key(&self, key: KeyNumber) -> Key {
        let mut digest = [0; 16];
        digest[..4].copy_from_slice(&key.number.to_be_bytes());
        digest[8..].copy_from_slice(&self.story.to_be_bytes());
        Key {
            id: KeyId {
                owner: self.account(key.owner).clone(),
                digest,
            },
            fingerprint: [key.print; 16],
        }
    }

    fn action(&self, account: &AccountId, ask: &Ask, happened: &impl Happened) -> Action {
        let hold = |reference: u32| {
            let known = happened.hold(account, &reference_text(reference));
            known.unwrap_or_else(|| HoldId::from_uuid(Uuid::nil()))
        };
        match ask {
            Ask::Adjust { credits, ends } => Action::Adjust(Adjustment {
                credits: Credits::from_micro(*credits),
                reason: "goodwill".to_owned(),
                actor: "admin".to_owned(),
                expires_at: ends.map(Instant::from_micros),
            }),
            Ask::Promote {
                credits,
                ends,
                priority,
            } => Action::GrantPromotion(PromotionalGrant {
                credits: Credits::from_micro(*credits),
                reason: "spring".to_owned(),
                actor: "admin".to_owned(),
                expires_at: ends.map(Instant::from_micros),
                priority: *priority,
            }),
            Ask::Debit(work) => Action::Debit(new_debit(*work)),
            Ask::DebitMany(List(items)) => Action::DebitMany(
                items
                    .iter()
                    .map(|(number, work)| (self.account(*number).clone(), new_debit(*work)))
                    .collect(),
            ),
            Ask::Refund { of, credits } => Action::RefundDebit(Refund {
                sequence: sequence(account, *of, happened),
                credits: credits.map(Credits::from_micro),
                reason: "the job failed".to_owned(),
            }),
            Ask::Hold { work, ttl, overage } => Action::PlaceHold(new_hold(*work, *ttl, *overage)),
            Ask::Capture {
                hold: reference,
                credits,
                kind,
                is_last,
            } => Action::CaptureHold(Capture {
                hold_id: hold(*reference),
                credits: Credits::from_micro(*credits),
                usage: kind.map(usage),
                finality: match is_last {
                    Last::No => Finality::Partial,
                    Last::Yes => Finality::Final,
                },
            }),
            Ask::Change {
                hold: reference,
                ttl,
                credits,
            } => Action::ChangeHold(HoldChange {
                hold_id: hold(*reference),
                ttl_seconds: *ttl,
                credits: credits.map(Credits::from_micro),
            }),
            Ask::Release { hold: reference } => Action::ReleaseHold(hold(*reference)),
            Ask::BookDue => Action::BookDue,
            Ask::Configure {
                zone,
                anchor,
                overdraft,
                limits: List(limits),
            } => Action::Configure(AccountSettings {
                zone: self.zones[usize::from(*zone)].clone(),
                anchor_day: AnchorDay::new(i16::from(*anchor)).unwrap(),
                overdraft_limit: Credits::from_micro(*overdraft),
                limits: limits.iter().map(limit).collect(),
            }),
            Ask::Open { .. }
            | Ask::Resume
            | Ask::Record { .. }
            | Ask::Abandon { .. }
            | Ask::Tell { .. }
            | Ask::Rule { .. } => self.purchase_action(account, ask),
        }
    }

    fn purchase_action(&self, account: &AccountId, ask: &Ask) -> Action {
        match ask {
            Ask::Open {
                purchase,
                offer,
                shop,
                closes,
            } => Action::OpenPurchase(NewPurchase {
                terms: offers::terms(*offer, self.purchase_id(*purchase), account),
                request: offers::request(*shop, Instant::from_micros(*closes)),
            }),
            Ask::Record { purchase, session } => Action::RecordSession(NewSession {
                purchase_id: self.purchase_id(*purchase),
                session_id: offers::session_id(self.purchase_id(*purchase), *session),
                url: Some("https://pay.test/".to_owned()),
            }),
            Ask::Abandon { purchase } => Action::AbandonPurchase(self.purchase_id(*purchase)),
            Ask::Tell {
                purchase,
                offer,
                said,
                next_check,
            } => {
                let purchase_id = self.purchase_id(*purchase);
                let said = said.0.iter();
                Action::ApplyEvidence(PurchaseEvidence {
                    purchase_id,
                    evidence: said
                        .map(|said| offers::evidence(*said, *offer, purchase_id, account))
                        .collect(),
                    next_check_at: Instant::from_micros(*next_check),
                })
            }
            Ask::Rule { purchase, ruling } => Action::RuleOnReview(NewRuling {
                purchase_id: self.purchase_id(*purchase),
                ruling: match ruling {
                    Word::Reject => Ruling::Rejected,
                    Word::Accept => Ruling::Accepted,
                },
                actor: "admin-1".to_owned(),
                reason: "looked into".to_owned(),
            }),
            _ => Action::ResumePurchase,
        }
    }
}

pub fn reference_text(reference: u32) -> String {
    format!("work-{reference}")
}

fn sequence(account: &AccountId, charged: Charged, happened: &impl Happened) -> i64 {
    let known = match charged {
        Charged::Debit(reference) => happened.debit(account, &reference_text(reference)),
        Charged::Capture(reference, which) => {
            happened.capture(account, &reference_text(reference), which)
        }
        // Nobody can name an entry that is yet to come.
        Charged::Entry(sequence) => {
            Some(sequence).filter(|it| *it <= happened.entry_count(account))
        }
    };
    known.unwrap_or(0)
}

pub fn usage(kind: u8) -> Usage {
    let (operation, variant, rate_version) = KINDS[usize::from(kind)];
    Usage {
        operation: operation.to_owned(),
        variant: variant.map(str::to_owned),
        quantities: Quantities::default(),
        rate_version,
    }
}

fn new_debit(work: Work) -> NewDebit {
    NewDebit {
        credits: Credits::from_micro(work.credits),
        usage: usage(work.kind.unwrap_or(0)),
        reference: reference_text(work.reference),
        description: Some("a run".to_owned()),
        metadata: None,
    }
}

fn new_hold(work: Work, ttl_seconds: i64, overage: Policy) -> NewHold {
    NewHold {
        credits: Credits::from_micro(work.credits),
        usage: work.kind.map(usage),
        reference: reference_text(work.reference),
        description: None,
        metadata: Some("{}".to_owned()),
        ttl_seconds,
        overage: match overage {
            Policy::Reject => Overage::Reject,
            Policy::Cap => Overage::Cap,
            Policy::Cover => Overage::Cover,
        },
    }
}

fn limit(cap: &Cap) -> Limit {
    Limit {
        operation: cap.kind.map(|kind| usage(kind).operation),
        window: match cap.window {
            0 => LimitWindow::Day,
            1 => LimitWindow::Week,
            _ => LimitWindow::Cycle,
        },
        credits: Credits::from_micro(cap.credits),
    }
}
