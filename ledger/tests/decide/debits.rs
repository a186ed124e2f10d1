//! Debits: credits consumed in one step, once for each reference.

use super::table::check;

#[test]
fn a_debit_draws_lots_in_burn_order_and_is_counted_for_its_work() {
    check(
        "lot a purchase 5 ends 2026-04-01
         lot b bonus 5 ends 2026-04-01
         lot c purchase 5 ends 2026-03-15
         debit r1 12 of backtesting/small => debited 1
           entry debit -12 balance 3 available 3 lots c-5 b-5 a-2
         debit r2 1.5 of backtesting/small => debited 2
           entry debit -1.5 balance 1.5 available 1.5 lots a-1.5
         debit r3 0.5 of backtesting => debited 3
           entry debit -0.5 balance 1 available 1 lots a-0.5
         debit r4 1 => debited 4
           entry debit -1 balance 0 available 0 lots a-1
         used backtesting/small 2026-03-01 consumed 13.5 count 2
         used backtesting 2026-03-01 consumed 0.5 count 1
         used other 2026-03-01 consumed 1 count 1
         lots none",
    );
}

#[test]
fn exactly_what_is_available_can_be_spent_and_not_a_micro_credit_more() {
    check(
        "lot a adjustment 10 held 4 ends 2026-04-01
         debit r1 6.000001 => ! 6.000001 credits are needed and 6 are available
         debit r1 6 => debited 1
           entry debit -6 balance 4 available 0 lots a-6
         debit r2 0.000001 => ! 0.000001 credits are needed and 0 are available
         debit r3 0 => debited 2
           entry debit 0 balance 4 available 0 lots none",
    );
}

#[test]
fn nothing_is_taken_that_is_less_than_nothing() {
    check(
        "lot a purchase 10 ends 2026-04-01
         debit r1 -0.000001 => ! work never costs less than nothing
         hold h1 -1 => ! work never costs less than nothing
         hold h1 4 => active, 4 held, 6 available
           entry hold 0 held +4 balance 10 available 6 lots a(+4)
         capture h1 -1 => ! work never costs less than nothing
         change h1 credits -1 => ! work never costs less than nothing
         debit r1 3 => debited 2
           entry debit -3 balance 7 available 3 lots a-3
         refund 2 credits -1 => ! work never costs less than nothing",
    );
}

#[test]
fn a_lot_can_be_spent_until_the_microsecond_before_its_end() {
    check(
        "lot a purchase 10 ends 2026-04-01
         now 2026-03-31T23:59:59.999999Z
         debit r1 1 => debited 1
           entry debit -1 balance 9 available 9 lots a-1
         now 2026-04-01
         debit r2 1 => ! 1 credits are needed and 0 are available
         debit r2 0 => debited 3
           entry expiry -9 balance 0 available 0 lots a-9
           entry debit 0 balance 0 available 0 lots none",
    );
}

#[test]
fn a_reference_is_a_debits_once_and_for_ever() {
    check(
        "lot a purchase 10 ends 2027-01-01
         debit r1 11 => ! 11 credits are needed and 10 are available
         debit r1 1 => debited 1
           entry debit -1 balance 9 available 9 lots a-1
         debit r1 1 => ! the reference was used before
         now 2026-12-31
         debit r1 100 => ! the reference was used before      # even where there is too little
         debit R1 1 => debited 2
           entry debit -1 balance 8 available 8 lots a-1",
    );
}

#[test]
fn debits_and_holds_do_not_share_references() {
    check(
        "lot a purchase 10 ends 2026-04-01
         debit r1 1 => debited 1
           entry debit -1 balance 9 available 9 lots a-1
         hold r1 2 => active, 2 held, 7 available
           entry hold 0 held +2 balance 9 available 7 lots a(+2)
         hold r1 2 => ! the reference was used before
         debit r1 2 => ! the reference was used before",
    );
}

#[test]
fn a_refused_debit_leaves_its_reference_free_and_its_key_used() {
    check(
        "debit r1 1 key 1 => ! 1 credits are needed and 0 are available
         adjust +1 => 1 available
           entry adjustment 1 balance 1 available 1 lots n1+1
         debit r1 1 key 1 => answered before
         debit r1 1 key 2 => debited 2
           entry debit -1 balance 0 available 0 lots n1-1
         debit r1 1 key 2 => answered before
         debit r1 1 key 2/2 => ! the idempotency key was used for another request
         debit r1 1 key 3 => ! the reference was used before",
    );
}

#[test]
fn each_debit_of_a_batch_is_judged_on_its_own_in_order() {
    check(
        "lot a purchase 10 ends 2026-04-01
         debits r1 6 of backtesting, r2 5, r1 1, r3 4 of backtesting, r4 1 => debited 1; ! 5 credits are needed and 4 are available; ! the reference was used before; debited 2; ! 1 credits are needed and 0 are available
           entry debit -6 balance 4 available 4 lots a-6
           entry debit -4 balance 0 available 0 lots a-4
         used backtesting 2026-03-01 consumed 10 count 2
         used other none
         debit r2 0 => debited 3
           entry debit 0 balance 0 available 0 lots none",
    );
}

#[test]
fn a_debit_never_becomes_debt() {
    check(
        "lot a purchase 10 ends 2026-04-01
         configure overdraft 100 => configured
         debit r1 10.000001 => ! 10.000001 credits are needed and 10 are available
         debt 0",
    );
}
