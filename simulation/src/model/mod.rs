//! The plain model: what each command must lead to, by the specification, in the most obvious way
//! and without a thought for speed. It is never written from the code that decides, and shares
//! nothing with it but words, calendars, and how an entry is hashed.

mod account;
mod admission;
mod facts;
mod giving;
mod holds;
mod lots;
mod passing;
mod purchases;
mod reversals;
mod verdict;
mod work;

pub use account::Account;
pub use holds::Hold;

use std::collections::BTreeMap;

use ledger::command::{Action, Command, Outcome};
use ledger::credits::Credits;
use ledger::hold::HoldStatus;
use ledger::ids::{AccountId, HoldId, PurchaseId};
use ledger::instant::Instant;
use ledger::rejection::Rejection;
use ledger::replay::{KeyId, UsedKey};

use crate::words::Happened;

const MICROS_PER_CREDIT: i128 = 1_000_000;
const MOST_OWNED: i128 = 9_000_000_000 * MICROS_PER_CREDIT;
const MOST_ADJUSTED: i128 = 10_000_000 * MICROS_PER_CREDIT;
const LONGEST_TTL_SECONDS: i64 = 24 * 3_600;
const MOST_LIMITS: usize = 20;

/// All that has happened so far.
#[derive(Clone)]
pub struct Model {
    accounts: BTreeMap<AccountId, Account>,
    keys: BTreeMap<KeyId, UsedKey>,
}

type Decision = Result<Outcome, Rejection>;

impl Model {
    pub fn new(accounts: &[AccountId]) -> Model {
        let new = |id: &AccountId| (id.clone(), Account::new(id.clone()));
        Model {
            accounts: accounts.iter().map(new).collect(),
            keys: BTreeMap::new(),
        }
    }

    pub fn account(&self, id: &AccountId) -> &Account {
        &self.accounts[id]
    }

    pub fn accounts(&self) -> impl Iterator<Item = &Account> {
        self.accounts.values()
    }

    pub const fn keys(&self) -> &BTreeMap<KeyId, UsedKey> {
        &self.keys
    }

    /// Carries a command out. A rejection leaves everything as it was, but for the key of a final
    /// one.
    pub fn decide(&mut self, command: &Command, now: Instant) -> Decision {
        check_shape(&command.action)?;
        let mut resumed = None;
        if let Some(key) = &command.key
            && let Some(used) = self.keys.get(&key.id)
        {
            if used.fingerprint != key.fingerprint {
                return Err(Rejection::KeyWasUsedForAnotherRequest);
            }
            if used.answered {
                return Ok(Outcome::AnsweredBefore);
            }
            resumed = used.purchase_id;
        }
        let decision = match resumed {
            Some(purchase) => self.go_on(command, purchase, now),
            None => self.act(command, now),
        };
        self.remember(command, &decision);
        decision
    }

    /// A checkout whose session was not recorded goes on; recording it is what answers the key.
    fn go_on(&mut self, command: &Command, purchase: PurchaseId, now: Instant) -> Decision {
        match &command.action {
            Action::OpenPurchase(_) | Action::ResumePurchase => {
                self.accounts[&command.account_id].resumed(purchase)
            }
            _ => self.act(command, now),
        }
    }

    fn act(&mut self, command: &Command, now: Instant) -> Decision {
        if let Action::DebitMany(debits) = &command.action {
            let each = debits.iter().map(|(id, new)| {
                let account = self.accounts.get_mut(id).unwrap();
                check_shape(&Action::Debit(new.clone()))?;
                account.debit(new, now)
            });
            return Ok(Outcome::DebitedMany(each.collect()));
        }
        let account = self.accounts.get_mut(&command.account_id).unwrap();
        match &command.action {
            Action::Adjust(adjustment) => account.adjust(adjustment, now),
            Action::GrantPromotion(gift) => account.promote(gift, now),
            Action::OpenPurchase(new) => account.open(new, now),
            Action::ResumePurchase | Action::DebitMany(_) => Err(Rejection::PurchaseDoesNotExist),
            Action::RecordSession(session) => account.record(session, now),
            Action::AbandonPurchase(id) => account.abandon(*id, now),
            Action::ApplyEvidence(news) => account.hear(news, now),
            Action::RuleOnReview(new) => account.rule(new, now),
            Action::Debit(new) => account.debit(new, now),
            Action::RefundDebit(refund) => account.refund(refund, now),
            Action::PlaceHold(new) => account.place(new, now),
            Action::CaptureHold(capture) => account.capture(capture, now),
            Action::ChangeHold(change) => account.change(change, now),
            Action::ReleaseHold(id) => account.release(*id, now),
            Action::BookDue => {
                account.book_due(now);
                Ok(Outcome::DueBooked)
            }
            Action::Configure(settings) => Ok(account.configure(settings, now)),
            // No story is told of notices and of auto-recharge: their own tables are.
            Action::Remind(_)
            | Action::NoteLimit(_)
            | Action::SetPreferences(_)
            | Action::StopMail(_)
            | Action::NoteEndpointDisabled(_)
            | Action::ConfigureRecharge(_)
            | Action::ChangeCard(_)
            | Action::AttemptRecharge(_)
            | Action::RefuseRecharge(_) => Err(Rejection::AmountOutOfRange),
            // Codes are no part of the stories.
            Action::CreatePromotion(_) | Action::ChangePromotion(_) => {
                Err(Rejection::PromotionDoesNotExist)
            }
        }
        .inspect(|_| account.put_spent_lots_away())
    }

    fn remember(&mut self, command: &Command, decision: &Decision) {
        let (purchase_id, answered) = match decision {
            Ok(Outcome::PurchaseOpened(purchase)) => (Some(purchase.terms.purchase_id), false),
            Ok(Outcome::SessionRecorded(purchase)) => (Some(purchase.terms.purchase_id), true),
            Err(rejection) if !is_sticky(rejection) => return,
            _ => (None, true),
        };
        if let Some(key) = &command.key {
            let fingerprint = key.fingerprint;
            let used = UsedKey {
                fingerprint,
                purchase_id,
                answered,
            };
            self.keys.insert(key.id.clone(), used);
        }
    }
}

/// Too few credits, and conflicts with what is: the answer stays. What the request itself got wrong
/// can be asked again.
fn is_sticky(rejection: &Rejection) -> bool {
    use Rejection as R;
    matches!(
        rejection,
        R::NotEnoughCredits { .. }
            | R::LimitLeavesTooLittle { .. }
            | R::BalanceWouldPassTheMaximum { .. }
            | R::TooManyPurchasesAreOpen { .. }
            | R::PurchaseIsNotOpen { .. }
            | R::PurchaseIsNotUnderReview { .. }
            | R::ReviewCannotBeAccepted { .. }
            | R::ReferenceWasUsed { .. }
            | R::DebitWasRefunded
            | R::RefundExceedsDebit { .. }
            | R::HoldHasEnded { .. }
            | R::CaptureExceedsHold { .. }
    )
}

fn check_shape(action: &Action) -> Result<(), Rejection> {
    let cost = match action {
        Action::Debit(new) => Some(new.credits),
        Action::PlaceHold(new) => Some(new.credits),
        Action::ChangeHold(change) => change.credits,
        Action::CaptureHold(capture) => Some(capture.credits),
        Action::RefundDebit(refund) => refund.credits,
        _ => None,
    };
    if cost.is_some_and(|cost| micros(cost) < 0) {
        return Err(Rejection::CreditsAreNegative);
    }
    let ttl = match action {
        Action::PlaceHold(new) => Some(new.ttl_seconds),
        Action::ChangeHold(change) => change.ttl_seconds,
        _ => None,
    };
    if ttl.is_some_and(|ttl| !(1..=LONGEST_TTL_SECONDS).contains(&ttl)) {
        return Err(Rejection::TtlIsOutOfRange {
            most: LONGEST_TTL_SECONDS,
        });
    }
    match action {
        Action::Adjust(adjustment) => {
            let size = micros(adjustment.credits).abs();
            if size == 0 || size > MOST_ADJUSTED {
                let most = credits(MOST_ADJUSTED);
                return Err(Rejection::AdjustmentIsOutOfRange { most });
            }
            if adjustment.credits.is_negative() && adjustment.expires_at.is_some() {
                return Err(Rejection::OnlyAddedCreditsCanExpire);
            }
            Ok(())
        }
        Action::GrantPromotion(gift) => {
            let size = micros(gift.credits);
            if size <= 0 || size > MOST_ADJUSTED {
                let most = credits(MOST_ADJUSTED);
                return Err(Rejection::AdjustmentIsOutOfRange { most });
            }
            Ok(())
        }
        Action::Configure(settings) => {
            let limits = &settings.limits;
            if limits.len() > MOST_LIMITS {
                return Err(Rejection::TooManyLimits { most: MOST_LIMITS });
            }
            let names = limits.iter().map(|limit| (&limit.operation, limit.window));
            let different: std::collections::BTreeSet<_> = names.collect();
            if different.len() < limits.len() {
                return Err(Rejection::LimitIsSetTwice);
            }
            let is_negative = limits.iter().any(|limit| limit.credits.is_negative());
            if is_negative || settings.overdraft_limit.is_negative() {
                return Err(Rejection::LimitIsNegative);
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn micros(credits: Credits) -> i128 {
    i128::from(credits.micro())
}

fn credits(micros: i128) -> Credits {
    Credits::from_micro(i64::try_from(micros).unwrap())
}

impl Happened for Model {
    fn hold(&self, account: &AccountId, reference: &str) -> Option<HoldId> {
        self.account(account).hold_by_reference(reference)
    }

    fn debit(&self, account: &AccountId, reference: &str) -> Option<i64> {
        self.account(account).debit_by_reference(reference)
    }

    fn capture(&self, account: &AccountId, reference: &str, which: usize) -> Option<i64> {
        let account = self.account(account);
        let hold = account.hold_by_reference(reference)?;
        account.captures_of(hold).get(which).copied()
    }

    fn entry_count(&self, account: &AccountId) -> i64 {
        self.account(account).sequence()
    }
}

/// Whether a hold still sets anything aside, by the book.
const fn is_active(status: HoldStatus) -> bool {
    matches!(status, HoldStatus::Active)
}
