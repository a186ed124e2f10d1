//! Refunds: a failed job gives its credits back, once, to the lots they came from.

use super::table::check;

#[test]
fn a_debit_is_given_back_to_its_lots_and_the_sums() {
    check(
        "lot a purchase 5 ends 2026-03-15
         lot b purchase 5 ends 2026-04-01
         debit r1 7 of backtesting/small => debited 1
           entry debit -7 balance 3 available 3 lots a-5 b-2
         refund 1 => refunded 7, 10 available
           entry refund 7 balance 10 available 10 lots b+2 a+5
         used backtesting/small 2026-03-01 consumed 7 refunded 7 count 1
         lots a 5, b 5",
    );
}

#[test]
fn a_part_goes_back_to_the_lots_that_burn_last() {
    check(
        "lot a purchase 5 ends 2026-03-15
         lot b purchase 5 ends 2026-04-01
         debit r1 7 => debited 1
           entry debit -7 balance 3 available 3 lots a-5 b-2
         debit r2 2 => debited 2
           entry debit -2 balance 1 available 1 lots b-2
         refund 1 credits 3 => refunded 3, 4 available
           entry refund 3 balance 4 available 4 lots b+2 a+1
         refund 2 credits 2 => refunded 2, 6 available
           entry refund 2 balance 6 available 6 lots b+2
         lots a 1, b 5",
    );
}

#[test]
fn of_a_covered_capture_too() {
    check(
        "lot b purchase 5 ends 2026-05-01
         hold h1 3 => active, 3 held, 2 available
           entry hold 0 held +3 balance 5 available 2 lots b(+3)
         adjust +5 ends 2026-04-01 => 7 available
           entry adjustment 5 balance 10 available 7 lots n1+5
         capture h1 5 => charged 5, captured, 0 held, 5 available
           entry capture -5 held -3 balance 5 available 5 lots n1-2 b-3(-3)
         refund 3 credits 4 => refunded 4, 9 available      # not to the lot that ends first
           entry refund 4 balance 9 available 9 lots b+3 n1+1",
    );
}

#[test]
fn a_debit_is_refunded_once_whether_whole_or_in_part() {
    check(
        "lot a purchase 5 ends 2026-04-01
         debit r1 3 => debited 1
           entry debit -3 balance 2 available 2 lots a-3
         debit r2 2 => debited 2
           entry debit -2 balance 0 available 0 lots a-2
         refund 1 key 1 => refunded 3, 3 available
           entry refund 3 balance 3 available 3 lots a+3
         refund 1 key 1 => answered before
         refund 1 key 2 => ! the debit was refunded before
         refund 2 credits 1 => refunded 1, 4 available
           entry refund 1 balance 4 available 4 lots a+1
         refund 2 credits 1 => ! the debit was refunded before
         refund 4 => ! no such debit              # the refund itself
         refund 9 => ! no such debit
         debit r1 1 => ! the reference was used before",
    );
}

#[test]
fn no_more_is_given_back_than_was_taken() {
    check(
        "lot a purchase 5 ends 2026-04-01
         debit r1 3 => debited 1
           entry debit -3 balance 2 available 2 lots a-3
         refund 1 credits 3.000001 => ! 3.000001 credits were asked back of a debit of 3
         refund 1 credits 3 => refunded 3, 5 available
           entry refund 3 balance 5 available 5 lots a+3",
    );
}

#[test]
fn what_returns_to_an_ended_lot_is_forfeited_at_once() {
    check(
        "lot a purchase 5 ends 2026-03-15
         lot b purchase 5 ends 2026-04-01
         debit r1 7 => debited 1
           entry debit -7 balance 3 available 3 lots a-5 b-2
         now 2026-03-14T23:59:59.999999Z
         hold h1 1 => active, 1 held, 2 available
           entry hold 0 held +1 balance 3 available 2 lots b(+1)
         now 2026-03-15
         refund 1 credits 6 => refunded 6, 4 available
           entry refund 6 balance 9 available 4 lots b+2 a+4
           entry expiry -4 balance 5 available 4 lots a-4
         used other 2026-03-01 consumed 7 count 1, 2026-03-14 held 1, 2026-03-15 refunded 6",
    );
}

#[test]
fn a_refund_books_what_is_due_first() {
    check(
        "lot a purchase 5 ends 2026-03-01T12:30:00Z
         lot b purchase 5 ends 2026-04-01
         debit r1 1 => debited 1
           entry debit -1 balance 9 available 9 lots a-1
         hold h1 6 ttl 60 => active, 6 held, 3 available
           entry hold 0 held +6 balance 9 available 3 lots a(+4) b(+2)
         now 2026-03-01T12:30:00Z
         refund 1 => refunded 1, 5 available
           entry release 0 held -6 balance 9 available 5 lots a(-4) b(-2)
           entry expiry -4 balance 5 available 5 lots a-4
           entry refund 1 balance 6 available 5 lots a+1
           entry expiry -1 balance 5 available 5 lots a-1",
    );
}

#[test]
fn a_capture_is_refunded_as_a_debit_is_and_its_hold_stays_as_it_is() {
    check(
        "lot a purchase 10 ends 2026-04-01
         hold h1 6 of backtesting => active, 6 held, 4 available
           entry hold 0 held +6 balance 10 available 4 lots a(+6)
         capture h1 2 of model_inference/large finality partial => charged 2, active, 4 held, 4 available
           entry capture -2 held -2 balance 8 available 4 lots a-2(-2)
         refund 2 => refunded 2, 6 available
           entry refund 2 balance 10 available 6 lots a+2
         refund 1 => ! no such debit                 # a hold took nothing
         holds h1 active credits 6 captured 2 in a 4 ends 2026-03-01T13:00:00Z
         capture h1 1 => charged 1, captured, 0 held, 9 available
           entry capture -1 held -4 balance 9 available 9 lots a-1(-4)
         refund 4 => refunded 1, 10 available         # and not the rest that returned by itself
           entry refund 1 balance 10 available 10 lots a+1
         used backtesting 2026-03-01 consumed 1 refunded 1 count 1
         used model_inference/large 2026-03-01 consumed 2 refunded 2 count 1",
    );
}

const OWES_THREE: &str = "lot a purchase 2 ends 2026-04-01
     configure overdraft 10 => configured
     hold h1 2 => active, 2 held, 0 available
       entry hold 0 held +2 balance 2 available 0 lots a(+2)
     capture h1 5 => charged 5, captured, 0 held, 0 available
       entry capture -2 held -2 debt +3 balance 0 available 0 lots a-2(-2)
     ";

#[test]
fn what_is_still_owed_for_it_is_forgiven_first() {
    check(&format!(
        "{OWES_THREE}
         refund 2 credits 4 => refunded 4, 1 available
           entry refund 1 debt -3 balance 1 available 1 lots a+1
         debt 0
         used other 2026-03-01 consumed 5 refunded 4 count 1"
    ));
}

#[test]
fn and_nothing_else_where_the_part_is_no_more_than_the_debt() {
    check(&format!(
        "{OWES_THREE}
         refund 2 credits 2 => refunded 2, 0 available
           entry refund 0 debt -2 balance 0 available 0 lots none
         debt 1
         refund 2 credits 1 => ! the debit was refunded before"
    ));
}

#[test]
fn debt_that_was_paid_since_returns_as_a_lot_of_its_own() {
    check(&format!(
        "{OWES_THREE}
         adjust +10 ends 2026-03-02 => 7 available
           entry adjustment 10 balance 10 available 10 lots n1+10
           entry debt_payment -3 debt -3 balance 7 available 7 lots n1-3
         refund 2 => refunded 5, 12 available
           entry refund 5 balance 12 available 12 lots a+2 n2+3
         debt 0
         now 2027-03-01T11:59:59.999999Z              # a year, as any credits that are given
         available 3
         now 2027-03-01T12:00:00Z
         available 0"
    ));
}

#[test]
fn debt_that_was_paid_in_part_is_forgiven_for_the_rest() {
    check(&format!(
        "{OWES_THREE}
         adjust +1 => 0 available
           entry adjustment 1 balance 1 available 1 lots n1+1
           entry debt_payment -1 debt -1 balance 0 available 0 lots n1-1
         refund 2 => refunded 5, 3 available
           entry refund 3 debt -2 balance 3 available 3 lots a+2 n2+1
         debt 0"
    ));
}

#[test]
fn what_is_owed_for_other_work_stays_owed() {
    check(&format!(
        "{OWES_THREE}
         hold h2 0 => active, 0 held, 0 available
           entry hold 0 balance 0 available 0 lots none
         capture h2 4 => charged 4, captured, 0 held, 0 available
           entry capture 0 debt +4 balance 0 available 0 lots none
         refund 2 => refunded 5, 2 available
           entry refund 2 debt -3 balance 2 available 2 lots a+2
         debt 4"
    ));
}

#[test]
fn a_refund_that_would_pass_the_maximum_waits_for_room() {
    check(
        "lot a purchase 8999999999 ends 2026-04-01
         debit r1 1 => debited 1
           entry debit -1 balance 8999999998 available 8999999998 lots a-1
         adjust +2 => 9000000000 available
           entry adjustment 2 balance 9000000000 available 9000000000 lots n1+2
         refund 1 => ! a balance is at most 9000000000 credits
         debit r2 1 => debited 3
           entry debit -1 balance 8999999999 available 8999999999 lots a-1
         refund 1 => refunded 1, 9000000000 available
           entry refund 1 balance 9000000000 available 9000000000 lots a+1",
    );
}

#[test]
fn forgiving_a_debt_takes_no_room() {
    check(
        "lot a purchase 1 ends 2026-03-01T12:30:00Z
         configure overdraft 10 => configured
         hold h1 1 => active, 1 held, 0 available
           entry hold 0 held +1 balance 1 available 0 lots a(+1)
         capture h1 3 => charged 3, captured, 0 held, 0 available
           entry capture -1 held -1 debt +2 balance 0 available 0 lots a-1(-1)
         lot b purchase 8999999999 ends 2026-04-01
         refund 2 credits 3 => refunded 3, 9000000000 available
           entry refund 1 debt -2 balance 9000000000 available 9000000000 lots a+1",
    );
}
