//! The model's purchases: opened once, tied to a session, given up, and granted once when paid.

use ledger::command::{NewPurchase, NewRuling, NewSession, Outcome, PurchaseEvidence};
use ledger::credits::Credits;
use ledger::entry::{EntryBody, EntryKind};
use ledger::ids::PurchaseId;
use ledger::instant::Instant;
use ledger::lot::Source;
use ledger::purchase::{Clawed, Evidence, Facts, Purchase, PurchaseStatus, Ruling, RulingSnapshot};
use ledger::rejection::Rejection;

use super::account::Account;
use super::facts::learn;
use super::reversals::share;
use super::verdict::{before_a_person, can_be_accepted, verdict};
use super::{Decision, credits, micros};

const MOST_OPEN: usize = 50;
const TIME_TO_PAY_SECONDS: i64 = 600;
const FIRST_CHECK_SECONDS: i64 = 60;

const fn is_open(purchase: &Purchase) -> bool {
    matches!(
        purchase.status,
        PurchaseStatus::Created | PurchaseStatus::Open
    )
}

/// The same offer in the same shop, with time left to pay.
fn is_same(purchase: &Purchase, new: &NewPurchase, now: Instant) -> bool {
    let (terms, request) = (&purchase.terms, &purchase.request);
    let offer = |it: &ledger::purchase::Terms| (it.credits, it.bonus, it.price, it.livemode);
    let shop = |it: &ledger::purchase::CheckoutRequest| {
        let urls = (it.success_url.clone(), it.cancel_url.clone());
        (it.package_id.clone(), urls)
    };
    let left = request.expires_at.micros() - now.micros();
    offer(terms) == offer(&new.terms)
        && shop(request) == shop(&new.request)
        && left >= TIME_TO_PAY_SECONDS * 1_000_000
}

impl Account {
    pub(super) fn open(&mut self, new: &NewPurchase, now: Instant) -> Decision {
        let open: Vec<&Purchase> = self.purchases.values().filter(|it| is_open(it)).collect();
        if let Some(same) = open.iter().find(|it| is_same(it, new, now)) {
            return Ok(Outcome::PurchaseOpened((*same).clone()));
        }
        if open.len() >= MOST_OPEN {
            return Err(Rejection::TooManyPurchasesAreOpen { open: open.len() });
        }
        self.has_room(micros(new.terms.credits) + micros(new.terms.bonus), now)?;
        let purchase = Purchase {
            terms: new.terms.clone(),
            request: new.request.clone(),
            session_url: None,
            status: PurchaseStatus::Created,
            review: None,
            facts: Facts::default(),
            posted: Credits::ZERO,
            clawed: Clawed::default(),
            created_at: now,
            updated_at: now,
            paid_at: None,
            next_check_at: now.plus_seconds(FIRST_CHECK_SECONDS),
        };
        let id = new.terms.purchase_id;
        self.purchases.insert(id, purchase.clone());
        Ok(Outcome::PurchaseOpened(purchase))
    }

    pub(super) fn resumed(&self, id: PurchaseId) -> Decision {
        let purchase = self.purchase(id)?;
        match purchase.status {
            PurchaseStatus::Failed => Err(not_open(&purchase)),
            _ => Ok(Outcome::PurchaseOpened(purchase)),
        }
    }

    fn purchase(&self, id: PurchaseId) -> Result<Purchase, Rejection> {
        let purchase = self.purchases.get(&id).cloned();
        purchase.ok_or(Rejection::PurchaseDoesNotExist)
    }

    fn keep(&mut self, purchase: &Purchase) {
        let id = purchase.terms.purchase_id;
        self.purchases.insert(id, purchase.clone());
    }

    pub(super) fn record(&mut self, session: &NewSession, now: Instant) -> Decision {
        let mut purchase = self.purchase(session.purchase_id)?;
        if let Some(known) = &purchase.terms.session_id {
            return if *known == session.session_id {
                Ok(Outcome::SessionRecorded(purchase))
            } else {
                Err(Rejection::PurchaseHasAnotherSession)
            };
        }
        purchase.terms.session_id = Some(session.session_id.clone());
        purchase.session_url.clone_from(&session.url);
        purchase.updated_at = now;
        let is_undecided = matches!(
            purchase.status,
            PurchaseStatus::Created | PurchaseStatus::Failed
        );
        if is_undecided {
            purchase.status = verdict(&purchase.terms, &purchase.facts).status;
            purchase.next_check_at = now.plus_seconds(FIRST_CHECK_SECONDS);
        }
        self.keep(&purchase);
        Ok(Outcome::SessionRecorded(purchase))
    }

    pub(super) fn abandon(&mut self, id: PurchaseId, now: Instant) -> Decision {
        let mut purchase = self.purchase(id)?;
        if purchase.status != PurchaseStatus::Created {
            return Err(not_open(&purchase));
        }
        purchase.status = PurchaseStatus::Failed;
        purchase.updated_at = now;
        purchase.next_check_at = None;
        self.keep(&purchase);
        Ok(Outcome::PurchaseAbandoned(purchase))
    }

    pub(super) fn hear(&mut self, news: &PurchaseEvidence, now: Instant) -> Decision {
        let mut purchase = self.purchase(news.purchase_id)?;
        for evidence in &news.evidence {
            learn(&mut purchase.facts, evidence);
        }
        let verdict = verdict(&purchase.terms, &purchase.facts);
        let total = micros(purchase.terms.credits) + micros(purchase.terms.bonus);
        let is_due = verdict.is_paid && purchase.posted.is_zero();
        let wanted = verdict.is_paid.then(|| share(total, verdict.back));
        let granted = if is_due {
            self.has_room(total, now)?;
            self.can_reverse(&purchase, wanted, now)?;
            let entry = self.grant_purchase(&purchase, now);
            purchase.posted = credits(total);
            purchase.paid_at = Some(now);
            Some(entry)
        } else {
            self.can_reverse(&purchase, wanted, now)?;
            None
        };
        let reversed = self.reverse(&mut purchase, wanted, now);
        let was_given_up = purchase.status == PurchaseStatus::Failed;
        purchase.status = if purchase.posted.is_positive() && !verdict.is_paid {
            purchase.status
        } else if was_given_up && verdict.status == PurchaseStatus::Created {
            PurchaseStatus::Failed
        } else {
            verdict.status
        };
        purchase.review = verdict.review;
        purchase.next_check_at = match purchase.status {
            PurchaseStatus::Created | PurchaseStatus::Open | PurchaseStatus::AwaitingFunds => {
                Some(news.next_check_at)
            }
            _ => None,
        };
        purchase.updated_at = now;
        self.keep(&purchase);
        Ok(Outcome::PurchaseSettled {
            purchase,
            granted: granted.map(Box::new),
            reversed,
        })
    }

    pub(super) fn rule(&mut self, new: &NewRuling, now: Instant) -> Decision {
        let purchase = self.purchase(new.purchase_id)?;
        let mut waiting = before_a_person(&purchase.terms, &purchase.facts, new.ruling);
        let Some((_, reason)) = waiting.first().cloned() else {
            let status = purchase.status;
            return Err(Rejection::PurchaseIsNotUnderReview { status });
        };
        if new.ruling == Ruling::Accepted {
            waiting.retain(|(_, reason)| can_be_accepted(*reason));
        }
        if waiting.is_empty() {
            return Err(Rejection::ReviewCannotBeAccepted { reason });
        }
        let rulings = waiting.into_iter().map(|(about, _)| {
            Evidence::Ruling(RulingSnapshot {
                about,
                ruling: new.ruling,
                ruled_at: now,
                actor: new.actor.clone(),
                reason: new.reason.clone(),
            })
        });
        let news = PurchaseEvidence {
            purchase_id: new.purchase_id,
            evidence: rulings.collect(),
            next_check_at: now,
        };
        self.hear(&news, now)
    }

    fn grant_purchase(&mut self, purchase: &Purchase, now: Instant) -> ledger::entry::Entry {
        let ends = now.one_calendar_year_later().unwrap();
        self.book_due(now);
        let terms = &purchase.terms;
        let gifts = [
            (Source::Purchase, micros(terms.credits)),
            (Source::Bonus, micros(terms.bonus)),
        ];
        let body = EntryBody {
            purchase_id: Some(terms.purchase_id),
            description: Some(purchase.request.title.clone()),
            ..EntryBody::of(EntryKind::Grant)
        };
        self.grant(&gifts, Some(terms.purchase_id), ends, body, now)
    }
}

fn not_open(purchase: &Purchase) -> Rejection {
    let status = purchase.status;
    Rejection::PurchaseIsNotOpen { status }
}
