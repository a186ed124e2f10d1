//! Which kinds of answers the stories have drawn, and how often: a simulation that never meets a case
//! has not tried it.

use std::collections::BTreeMap;

use ledger::command::Outcome;
use ledger::entry::{Entry, EntryKind};
use ledger::lot::Source;
use ledger::rejection::Rejection;

use crate::rows::Rows;
use crate::script::Answer;

/// How often each thing happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage(BTreeMap<&'static str, u64>);

impl Coverage {
    fn note(&mut self, what: &'static str) {
        *self.0.entry(what).or_default() += 1;
    }

    /// Of the things that can happen, those that never did.
    pub fn missing(&self) -> Vec<&'static str> {
        let never = ALL.iter().filter(|what| !self.0.contains_key(*what));
        never.copied().collect()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&'static str, u64)> {
        self.0.iter().map(|(what, times)| (*what, *times))
    }

    pub fn answered(&mut self, answer: &Answer) {
        match answer {
            Ok(Outcome::DebitedMany(each)) => each.iter().for_each(|it| self.answered(it)),
            Ok(outcome) => self.note(outcome_name(outcome)),
            Err(rejection) => self.note(rejection_name(rejection)),
        }
    }

    /// Things that only an account's rows tell.
    pub fn entered(&mut self, rows: &Rows) {
        for (place, entry) in rows.entries.iter().enumerate() {
            self.entry(entry, &rows.entries[place + 1..], rows);
        }
    }

    fn entry(&mut self, entry: &Entry, later: &[Entry], rows: &Rows) {
        let body = &entry.body;
        let next = later.first();
        let forfeits_next = next.is_some_and(|next| next.body.kind == EntryKind::Expiry);
        match body.kind {
            EntryKind::Expiry => self.note("a lot forfeited"),
            EntryKind::DebtPayment => self.note("debt paid by a grant"),
            EntryKind::Release if body.held_change.is_zero() => self.note("an empty hold released"),
            EntryKind::Capture if body.debt_change.is_positive() => {
                self.note("a capture into debt")
            }
            EntryKind::Capture if is_shielded(entry, rows) => self.note("a shielded part captured"),
            EntryKind::Refund => {
                if body.debt_change.is_negative() {
                    self.note("debt forgiven");
                }
                let is_new = |id| {
                    let lot = &rows.lots[id];
                    lot.source == Source::Adjustment && lot.granted_at == entry.created_at
                };
                let has_new = body.lots.last().is_some_and(|last| is_new(&last.lot_id));
                if has_new && body.lots.len() > 1 {
                    self.note("a refund into a lot of its own");
                }
                if forfeits_next {
                    self.note("a refund forfeited at once");
                }
            }
            EntryKind::Clawback => self.note(match body.debt_change.micro().signum() {
                1 => "a clawback into debt",
                0 if body.amount.is_negative() => "credits clawed back",
                0 => "clawed credits returned",
                _ => "a clawed debt forgiven",
            }),
            EntryKind::Freeze => self.note("credits frozen"),
            EntryKind::Thaw => self.note("credits thawed"),
            _ => {}
        }
    }
}

fn is_shielded(entry: &Entry, rows: &Rows) -> bool {
    let ended = |id| rows.lots[id].expires_at <= entry.created_at;
    let lots = entry.body.lots.iter();
    lots.filter(|change| change.credits.is_negative())
        .any(|change| ended(&change.lot_id))
}

const fn outcome_name(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::AnsweredBefore => "answered before",
        Outcome::Adjusted { .. } => "adjusted",
        Outcome::PurchaseOpened(_) => "purchase opened",
        Outcome::SessionRecorded(_) => "session recorded",
        Outcome::PurchaseAbandoned(_) => "purchase abandoned",
        Outcome::PurchaseSettled { reversed, .. } if !reversed.is_empty() => "money went back",
        Outcome::PurchaseSettled { granted: None, .. } => "evidence heard",
        Outcome::PurchaseSettled { .. } => "purchase granted",
        Outcome::Debited { .. } => "debited",
        Outcome::DebitedMany(_) => "debited many",
        Outcome::Refunded { .. } => "refunded",
        Outcome::HoldChanged { .. } => "hold changed",
        Outcome::Captured { uncovered, .. } if uncovered.is_positive() => "captured in part",
        Outcome::Captured { .. } => "captured",
        Outcome::DueBooked => "due booked",
        Outcome::Reminded => "reminded",
        Outcome::LimitNoted => "limit noted",
        Outcome::PreferencesSet(_) => "preferences set",
        Outcome::EndpointNoted => "endpoint noted",
        Outcome::Configured(_) => "configured",
        Outcome::RechargeChanged { .. } => "recharge changed",
        Outcome::RechargeOpened(_) => "recharge opened",
        Outcome::RechargeWaits(_) => "recharge waits",
        Outcome::Given { .. } => "promoted",
        Outcome::PromotionSet(_) => "promotion set",
    }
}

const fn rejection_name(rejection: &Rejection) -> &'static str {
    use Rejection as R;
    match rejection {
        R::KeyWasUsedForAnotherRequest => "key was used for another request",
        R::CreditsAreNegative => "credits are negative",
        R::NotEnoughCredits { .. } => "not enough credits",
        R::LimitLeavesTooLittle { .. } => "limit leaves too little",
        R::BalanceWouldPassTheMaximum { .. } => "balance would pass the maximum",
        R::AdjustmentIsOutOfRange { .. } => "adjustment is out of range",
        R::OnlyAddedCreditsCanExpire => "only added credits can expire",
        R::ExpiryIsNotInTheFuture => "expiry is not in the future",
        R::PurchaseDoesNotExist => "purchase does not exist",
        R::TooManyPurchasesAreOpen { .. } => "too many purchases are open",
        R::PurchaseIsNotOpen { .. } => "purchase is not open",
        R::PurchaseHasAnotherSession => "purchase has another session",
        R::PurchaseIsNotUnderReview { .. } => "purchase is not under review",
        R::ReviewCannotBeAccepted { .. } => "review cannot be accepted",
        R::ReferenceWasUsed { .. } => "reference was used",
        R::DebitDoesNotExist => "debit does not exist",
        R::DebitWasRefunded => "debit was refunded",
        R::RefundExceedsDebit { .. } => "refund exceeds debit",
        R::HoldDoesNotExist => "hold does not exist",
        R::HoldHasEnded { .. } => "hold has ended",
        R::CaptureExceedsHold { .. } => "capture exceeds hold",
        R::TtlIsOutOfRange { .. } => "ttl is out of range",
        R::TooManyLimits { .. } => "too many limits",
        R::LimitIsSetTwice => "limit is set twice",
        R::RechargeSettingsMakeNoSense(_) => "recharge settings make no sense",
        R::TooManyThresholds { .. } => "too many thresholds",
        R::ThresholdIsNotPositive => "threshold is not positive",
        R::CardDoesNotExist => "card does not exist",
        R::LimitIsNegative => "limit is negative",
        R::PromotionDoesNotExist => "promotion does not exist",
        R::PromotionExists { .. } => "promotion exists",
        R::PromotionIsRefused(_) => "promotion is refused",
        R::AmountOutOfRange => "amount out of range",
    }
}

/// Everything that stories must meet sooner or later.
const ALL: [&str; 55] = [
    "a capture into debt",
    "a clawback into debt",
    "a clawed debt forgiven",
    "a lot forfeited",
    "a refund forfeited at once",
    "a refund into a lot of its own",
    "a shielded part captured",
    "adjusted",
    "adjustment is out of range",
    "an empty hold released",
    "answered before",
    "balance would pass the maximum",
    "capture exceeds hold",
    "captured",
    "captured in part",
    "clawed credits returned",
    "configured",
    "credits are negative",
    "credits clawed back",
    "credits frozen",
    "credits thawed",
    "debit does not exist",
    "debit was refunded",
    "debited",
    "debt forgiven",
    "debt paid by a grant",
    "due booked",
    "evidence heard",
    "expiry is not in the future",
    "hold changed",
    "hold does not exist",
    "hold has ended",
    "key was used for another request",
    "limit is negative",
    "limit is set twice",
    "limit leaves too little",
    "money went back",
    "not enough credits",
    "only added credits can expire",
    "promoted",
    "purchase abandoned",
    "purchase does not exist",
    "purchase granted",
    "purchase has another session",
    "purchase is not open",
    "purchase is not under review",
    "purchase opened",
    "reference was used",
    "refund exceeds debit",
    "refunded",
    "review cannot be accepted",
    "session recorded",
    "too many limits",
    "too many purchases are open",
    "ttl is out of range",
];
