//! What a batch has to know before it can be decided: read off its commands, so that everything is
//! found at once.

use ledger::command::{Action, Command};
use ledger::ids::AccountId;

use crate::store::Wanted;

pub fn wanted_by<'a>(commands: impl IntoIterator<Item = &'a Command>) -> Wanted {
    let mut wanted = Wanted::default();
    for command in commands {
        add(&mut wanted, command);
    }
    wanted
}

fn add(wanted: &mut Wanted, command: &Command) {
    if let Some(key) = &command.key {
        wanted.keys.insert(key.id.clone());
    }
    let account = &command.account_id;
    match &command.action {
        // Who sent them need not have an account.
        Action::DebitMany(debits) => {
            for (account, debit) in debits {
                wanted.accounts.insert(account.clone());
                add_debit(wanted, account, &debit.reference);
            }
            return;
        }
        // Who sent it need not have an account.
        Action::CreatePromotion(new) => {
            wanted.promotions.insert(new.code.clone());
            return;
        }
        Action::ChangePromotion(change) => {
            wanted.promotions.insert(change.code.clone());
            return;
        }
        Action::Adjust(_)
        | Action::GrantPromotion(_)
        | Action::BookDue
        | Action::Remind(_)
        | Action::NoteLimit(_)
        | Action::SetPreferences(_)
        | Action::StopMail(_)
        | Action::NoteEndpointDisabled(_) => {}
        Action::OpenPurchase(new) => {
            wanted.open_purchases_of.insert(account.clone());
            if let Some(redemption) = &new.terms.promotion {
                wanted.promotions.insert(redemption.code.clone());
                wanted.standings_of.insert(account.clone());
            }
        }
        Action::ResumePurchase => {
            wanted.open_purchases_of.insert(account.clone());
        }
        Action::RecordSession(session) => {
            wanted.purchases.insert(session.purchase_id);
        }
        // One that an auto-recharge opened tells it how it ended.
        Action::AbandonPurchase(id) => {
            wanted.purchases.insert(*id);
            wanted.recharges_of.insert(account.clone());
        }
        Action::ApplyEvidence(news) => {
            wanted.purchases.insert(news.purchase_id);
            wanted.recharges_of.insert(account.clone());
        }
        Action::RefuseRecharge(refused) => {
            wanted.purchases.insert(refused.purchase_id);
            wanted.recharges_of.insert(account.clone());
        }
        Action::ConfigureRecharge(_) | Action::ChangeCard(_) | Action::AttemptRecharge(_) => {
            wanted.recharges_of.insert(account.clone());
        }
        Action::RuleOnReview(ruling) => {
            wanted.purchases.insert(ruling.purchase_id);
        }
        Action::Debit(debit) => add_debit(wanted, account, &debit.reference),
        Action::RefundDebit(refund) => {
            wanted.debits.insert((account.clone(), refund.sequence));
        }
        Action::PlaceHold(hold) => {
            let reference = (account.clone(), hold.reference.clone());
            wanted.hold_references.insert(reference);
        }
        Action::CaptureHold(capture) => {
            wanted.holds.insert((account.clone(), capture.hold_id));
        }
        Action::ChangeHold(change) => {
            wanted.holds.insert((account.clone(), change.hold_id));
        }
        Action::ReleaseHold(id) => {
            wanted.holds.insert((account.clone(), *id));
        }
        Action::Configure(_) => {
            wanted.uses_of.insert(account.clone());
        }
    }
    wanted.accounts.insert(account.clone());
}

fn add_debit(wanted: &mut Wanted, account: &AccountId, reference: &str) {
    let reference = (account.clone(), reference.to_owned());
    wanted.debit_references.insert(reference);
}
