//! Tax on a price: credits never depend on it, and money that goes back is a part of all that was paid.

use ledger::credits::Credits;
use ledger::purchase::{
    Evidence, RefundSnapshot, RefundState, ReviewReason, SessionSnapshot, SessionState, Tax, Terms,
};

use super::{PAYMENT, odd, target_of, terms};

fn with(tax: Tax) -> Terms {
    Terms { tax, ..terms() }
}

/// Of a price of 1 000.
fn paid(total: Option<i64>, tax: Option<i64>) -> SessionSnapshot {
    odd(SessionState::CompletePaid, |it| {
        it.amount_total_minor = total;
        it.amount_tax_minor = tax;
    })
}

#[test]
fn what_is_held_against_the_price_is_the_total_without_the_tax_on_top_of_it() {
    let agrees = None;
    let mismatch = Some(ReviewReason::AmountMismatch);
    let table = [
        (Tax::Off, Some(1_000), None, agrees),
        (Tax::Off, Some(1_000), Some(0), agrees),
        // Nobody asked Stripe for tax: what it added is not ours to ignore.
        (Tax::Off, Some(1_190), Some(190), mismatch),
        (Tax::OnTop, Some(1_190), Some(190), agrees),
        (Tax::OnTop, Some(1_000), Some(0), agrees),
        (Tax::OnTop, Some(1_000), Some(190), mismatch),
        (Tax::OnTop, Some(1_190), Some(189), mismatch),
        // A discount that we did not give.
        (Tax::OnTop, Some(1_090), Some(190), mismatch),
        // What is absent does not match, nor what no tax is.
        (Tax::OnTop, Some(1_000), None, mismatch),
        (Tax::OnTop, None, Some(190), mismatch),
        (Tax::OnTop, Some(900), Some(-100), mismatch),
        (Tax::OnTop, Some(i64::MIN), Some(i64::MAX), mismatch),
        (Tax::Included, Some(1_000), Some(160), agrees),
        (Tax::Included, Some(1_160), Some(160), mismatch),
    ];
    for (tax, total, of_it, expected) in table {
        let target = target_of(&with(tax), &[Evidence::Session(paid(total, of_it))]);
        assert_eq!(target.review, expected, "{tax:?} {total:?} {of_it:?}");
        let granted = if expected.is_none() {
            terms().credits
        } else {
            Credits::ZERO
        };
        assert_eq!(target.credits, granted);
    }
}

#[test]
fn a_refund_is_a_part_of_the_total_with_its_tax() {
    let session = Evidence::Session(paid(Some(1_190), Some(190)));
    let refund = |amount_minor| {
        Evidence::Refund(RefundSnapshot {
            id: "re_1".to_owned(),
            state: RefundState::Succeeded,
            amount_minor,
            currency: "usd".to_owned(),
            payment_intent_id: PAYMENT.to_owned(),
        })
    };
    // 1 050 credits with the bonus: half of the total takes half of them, the price alone not all.
    let table = [
        (595, "525"),
        (1_000, "882.352941"),
        (1_190, "1050"),
        (1, "0.882352"),
    ];
    for (amount, clawed) in table {
        let target = target_of(&with(Tax::OnTop), &[session.clone(), refund(amount)]);
        assert_eq!(target.clawed.to_string(), clawed, "{amount}");
    }
}
