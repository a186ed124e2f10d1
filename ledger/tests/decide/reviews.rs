//! Money that the rules cannot place waits for a person, who can let it pay for what was agreed or
//! refuse it. Nobody can let a purchase be granted twice, or test money be worth something.

use super::table::check;

#[test]
fn an_accepted_payment_grants_what_was_agreed() {
    check(
        "open 1 bonus 0 => opened 1 created
         tell 1 overpaid => settled 1 review
         accept 1 => granted 1000 1 paid
           entry grant 1000 balance 1000 available 1000 lots n1+1000
         accept 1 => ! the purchase does not wait for a review
         reject 1 => ! the purchase does not wait for a review
         tell 1 overpaid => settled 1 paid",
    );
}

#[test]
fn a_rejected_payment_grants_nothing_and_can_still_be_accepted() {
    check(
        "open 1 bonus 0 => opened 1 created
         tell 1 overpaid => settled 1 review
         reject 1 => settled 1 failed
         reject 1 => ! the purchase does not wait for a review
         tell 1 overpaid => settled 1 failed
         accept 1 => granted 1000 1 paid
           entry grant 1000 balance 1000 available 1000 lots n1+1000",
    );
}

#[test]
fn a_rejected_payment_that_went_back_is_refunded() {
    check(
        "open 1 bonus 0 => opened 1 created
         tell 1 overpaid => settled 1 review
         reject 1 => settled 1 failed
         tell 1 refund a 1001 succeeded => settled 1 refunded
         accept 1 => ! the purchase does not wait for a review",
    );
}

#[test]
fn what_was_accepted_goes_back_with_its_money() {
    check(
        "open 1 bonus 0 => opened 1 created
         tell 1 overpaid => settled 1 review
         accept 1 => granted 1000 1 paid
           entry grant 1000 balance 1000 available 1000 lots n1+1000
         tell 1 refund a 1001 succeeded => settled 1 refunded
           entry clawback -1000 balance 0 available 0 lots n1-1000",
    );
}

#[test]
fn test_money_is_never_accepted() {
    check(
        "open 1 bonus 0 => opened 1 created
         tell 1 test-paid => settled 1 review
         accept 1 => ! this money cannot be accepted as payment for the purchase
         reject 1 => settled 1 failed",
    );
}

#[test]
fn what_was_free_at_stripe_can_be_let_pass() {
    check(
        "open 1 bonus 0 => opened 1 created
         tell 1 free => settled 1 review
         accept 1 => granted 1000 1 paid
           entry grant 1000 balance 1000 available 1000 lots n1+1000",
    );
}

#[test]
fn a_purchase_that_nothing_is_wrong_with_waits_for_nobody() {
    check(
        "accept 1 => ! no such purchase
         open 1 bonus 0 => opened 1 created
         accept 1 => ! the purchase does not wait for a review
         tell 1 paid => granted 1000 1 paid
           entry grant 1000 balance 1000 available 1000 lots n1+1000
         reject 1 => ! the purchase does not wait for a review",
    );
}
