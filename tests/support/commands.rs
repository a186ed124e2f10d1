//! Commands of work: debits, holds, captures and refunds, and the settings of accounts. What they
//! are carried out on is `decisions`; a running service takes them through its writer.

use ledger::calendar::{AnchorDay, Zone};
use ledger::command::{
    AccountSettings, Action, Capture, Command, Finality, NewDebit, NewHold, Outcome, Refund,
};
use ledger::entry::Entry;
use ledger::hold::{Hold, Overage};
use ledger::ids::{AccountId, HoldId};
use ledger::limit::Limit;
use ledger::rating::Quantities;
use ledger::usage::Usage;

use super::app::TestApp;
use super::decisions::{account, command, credits};

/// Work by its operation, and its variant after a slash.
pub fn usage(work: &str) -> Usage {
    let (operation, variant) = match work.split_once('/') {
        Some((operation, variant)) => (operation, Some(variant.to_owned())),
        None => (work, None),
    };
    Usage {
        operation: operation.to_owned(),
        variant,
        quantities: Quantities::from_json(r#"{"reports":1}"#).unwrap(),
        rate_version: Some(1),
    }
}

pub fn new_debit(amount: &str, work: &str, reference: &str) -> NewDebit {
    NewDebit {
        credits: credits(amount),
        usage: usage(work),
        reference: reference.to_owned(),
        description: None,
        metadata: None,
    }
}

pub fn debit(id: &AccountId, amount: &str, work: &str, reference: &str) -> Command {
    command(id, Action::Debit(new_debit(amount, work, reference)))
}

pub fn refund(id: &AccountId, sequence: i64, amount: Option<&str>) -> Command {
    let refund = Refund {
        sequence,
        credits: amount.map(credits),
        reason: "the job failed".to_owned(),
    };
    command(id, Action::RefundDebit(refund))
}

/// A hold of an hour.
pub fn hold(id: &AccountId, amount: &str, work: &str, reference: &str) -> Command {
    hold_by(id, amount, work, reference, Overage::Cover)
}

pub fn hold_by(id: &AccountId, amount: &str, work: &str, name: &str, overage: Overage) -> Command {
    let new = NewHold {
        credits: credits(amount),
        usage: Some(usage(work)),
        reference: name.to_owned(),
        description: None,
        metadata: None,
        ttl_seconds: 3_600,
        overage,
    };
    command(id, Action::PlaceHold(new))
}

pub fn capture(id: &AccountId, hold_id: HoldId, amount: &str, finality: Finality) -> Command {
    let capture = Capture {
        hold_id,
        credits: credits(amount),
        usage: None,
        finality,
    };
    command(id, Action::CaptureHold(capture))
}

pub fn configure(id: &AccountId, zone: &str, anchor_day: i16, limits: Vec<Limit>) -> Command {
    let settings = AccountSettings {
        zone: Zone::parse(zone).unwrap(),
        anchor_day: AnchorDay::new(anchor_day).unwrap(),
        overdraft_limit: credits("50"),
        limits,
    };
    command(id, Action::Configure(settings))
}

pub fn entry_of(outcome: Outcome) -> Entry {
    match outcome {
        Outcome::Debited { entry, .. }
        | Outcome::Refunded { entry, .. }
        | Outcome::Captured { entry, .. } => entry,
        other => panic!("no entry: {other:?}"),
    }
}

pub fn hold_of(outcome: Outcome) -> Hold {
    match outcome {
        Outcome::HoldChanged { hold, .. } | Outcome::Captured { hold, .. } => hold,
        other => panic!("no hold: {other:?}"),
    }
}

impl TestApp {
    /// Has the running service's writer carry it out.
    pub async fn carry_out(&self, command: Command) -> Outcome {
        let written = self.running().app.writer.submit(command, None).await;
        written.unwrap().decision.unwrap()
    }

    pub async fn consume(&self, name: &str, amount: &str, work: &str, reference: &str) -> Entry {
        let command = debit(&account(name), amount, work, reference);
        entry_of(self.carry_out(command).await)
    }

    pub async fn set_aside(&self, name: &str, amount: &str, work: &str, reference: &str) -> Hold {
        let command = hold(&account(name), amount, work, reference);
        hold_of(self.carry_out(command).await)
    }

    pub async fn refund(&self, name: &str, sequence: i64, amount: Option<&str>) -> Entry {
        let command = refund(&account(name), sequence, amount);
        entry_of(self.carry_out(command).await)
    }
}
