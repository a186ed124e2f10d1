//! Limits: how much may be used in a day, a week or a cycle. All are looked at, the tightest says no.

use super::table::check;

#[test]
fn exactly_the_limit_may_be_used_and_not_a_micro_credit_more() {
    check(
        "lot a purchase 100 ends 2026-06-01
         configure limits day:10 => configured
         debit r1 10.000001 => ! 10.000001 credits are needed and a limit leaves 10: day of everything, 0 of 10 used, until 2026-03-02T00:00:00Z
         debit r1 4 of backtesting => debited 1
           entry debit -4 balance 96 available 96 lots a-4
         debit r2 6 => debited 2
           entry debit -6 balance 90 available 90 lots a-6
         debit r3 0.000001 => ! 0.000001 credits are needed and a limit leaves 0: day of everything, 10 of 10 used, until 2026-03-02T00:00:00Z
         debit r3 0 => debited 3
           entry debit 0 balance 90 available 90 lots none
         now 2026-03-01T23:59:59.999999Z
         debit r4 1 => ! 1 credits are needed and a limit leaves 0: day of everything, 10 of 10 used, until 2026-03-02T00:00:00Z
         now 2026-03-02
         debit r4 10 => debited 4
           entry debit -10 balance 80 available 80 lots a-10",
    );
}

#[test]
fn a_limit_of_one_operation_leaves_the_others_alone() {
    check(
        "lot a purchase 100 ends 2026-06-01
         configure limits day:backtesting:5 => configured
         debit r1 5 of backtesting/small => debited 1
           entry debit -5 balance 95 available 95 lots a-5
         debit r2 1 of backtesting/large => ! 1 credits are needed and a limit leaves 0: day of backtesting, 5 of 5 used, until 2026-03-02T00:00:00Z
         debit r2 1 of backtesting => ! 1 credits are needed and a limit leaves 0: day of backtesting, 5 of 5 used, until 2026-03-02T00:00:00Z
         debit r2 50 of model_inference => debited 2
           entry debit -50 balance 45 available 45 lots a-50
         debit r3 40 => debited 3
           entry debit -40 balance 5 available 5 lots a-40",
    );
}

#[test]
fn the_tightest_of_all_that_concern_the_work_is_named() {
    check(
        "lot a purchase 100 ends 2026-06-01
         configure limits cycle:20,day:backtesting:8,week:12 => configured
         debit r1 9 of backtesting => ! 9 credits are needed and a limit leaves 8: day of backtesting, 0 of 8 used, until 2026-03-02T00:00:00Z
         debit r1 13 => ! 13 credits are needed and a limit leaves 12: week of everything, 0 of 12 used, until 2026-03-02T00:00:00Z
         debit r1 7 of market_analysis => debited 1
           entry debit -7 balance 93 available 93 lots a-7
         debit r2 6 of backtesting => ! 6 credits are needed and a limit leaves 5: week of everything, 7 of 12 used, until 2026-03-02T00:00:00Z
         now 2026-03-02                       # a Monday
         debit r3 8 of backtesting => debited 2
           entry debit -8 balance 85 available 85 lots a-8
         debit r4 6 => ! 6 credits are needed and a limit leaves 4: week of everything, 8 of 12 used, until 2026-03-09T00:00:00Z
         now 2026-03-09
         debit r5 6 => ! 6 credits are needed and a limit leaves 5: cycle of everything, 15 of 20 used, until 2026-04-01T00:00:00Z
         now 2026-03-31T23:59:59.999999Z
         debit r5 6 => ! 6 credits are needed and a limit leaves 5: cycle of everything, 15 of 20 used, until 2026-04-01T00:00:00Z
         now 2026-04-01
         debit r5 12 => debited 3
           entry debit -12 balance 73 available 73 lots a-12",
    );
}

#[test]
fn of_equally_tight_limits_the_first_is_named() {
    check(
        "lot a purchase 100 ends 2026-06-01
         configure limits cycle:5,day:5 => configured
         debit r1 6 => ! 6 credits are needed and a limit leaves 5: cycle of everything, 0 of 5 used, until 2026-04-01T00:00:00Z
         configure limits day:5,cycle:5 => configured
         debit r1 6 => ! 6 credits are needed and a limit leaves 5: day of everything, 0 of 5 used, until 2026-03-02T00:00:00Z",
    );
}

#[test]
fn the_funds_are_named_where_they_are_tighter_or_as_tight() {
    check(
        "lot a purchase 5 ends 2026-06-01
         configure limits day:5 => configured
         debit r1 6 => ! 6 credits are needed and 5 are available
         configure limits day:6 => configured
         debit r1 7 => ! 7 credits are needed and 5 are available
         configure limits day:4.999999 => configured
         debit r1 6 => ! 6 credits are needed and a limit leaves 4.999999: day of everything, 0 of 4.999999 used, until 2026-03-02T00:00:00Z
         debit r1 4.999999 => debited 1
           entry debit -4.999999 balance 0.000001 available 0.000001 lots a-4.999999",
    );
}

#[test]
fn what_holds_set_aside_counts_until_they_end() {
    check(
        "lot a purchase 100 ends 2026-06-01
         configure limits day:10 => configured
         hold h1 6 => active, 6 held, 94 available
           entry hold 0 held +6 balance 100 available 94 lots a(+6)
         hold h2 4.000001 => ! 4.000001 credits are needed and a limit leaves 4: day of everything, 6 of 10 used, until 2026-03-02T00:00:00Z
         hold h2 4 => active, 4 held, 90 available
           entry hold 0 held +4 balance 100 available 90 lots a(+4)
         change h1 credits 6.000001 => ! 0.000001 credits are needed and a limit leaves 0: day of everything, 10 of 10 used, until 2026-03-02T00:00:00Z
         change h1 credits 5 => active, 5 held, 91 available
           entry hold 0 held -1 balance 100 available 91 lots a(-1)
         change h2 credits 5 => active, 5 held, 90 available
           entry hold 0 held +1 balance 100 available 90 lots a(+1)
         capture h1 2 => charged 2, captured, 0 held, 93 available
           entry capture -2 held -5 balance 98 available 93 lots a-2(-5)
         debit r1 4 => ! 4 credits are needed and a limit leaves 3: day of everything, 7 of 10 used, until 2026-03-02T00:00:00Z
         release h2 => released, 0 held, 98 available
           entry release 0 held -5 balance 98 available 98 lots a(-5)
         debit r1 8 => debited 7
           entry debit -8 balance 90 available 90 lots a-8",
    );
}

#[test]
fn a_hold_counts_in_the_window_it_was_made_in_and_its_capture_in_its_own() {
    check(
        "lot a purchase 100 ends 2026-06-01
         configure limits day:10 => configured
         hold h1 10 ttl 86400 => active, 10 held, 90 available
           entry hold 0 held +10 balance 100 available 90 lots a(+10)
         now 2026-03-02
         debit r1 4 => debited 2
           entry debit -4 balance 96 available 86 lots a-4
         capture h1 5 => charged 5, captured, 0 held, 91 available
           entry capture -5 held -10 balance 91 available 91 lots a-5(-10)
         debit r2 2 => ! 2 credits are needed and a limit leaves 1: day of everything, 9 of 10 used, until 2026-03-03T00:00:00Z",
    );
}

#[test]
fn what_is_given_back_may_be_used_again() {
    check(
        "lot a purchase 100 ends 2026-06-01
         configure limits day:10 => configured
         debit r1 10 => debited 1
           entry debit -10 balance 90 available 90 lots a-10
         refund 1 credits 3 => refunded 3, 93 available
           entry refund 3 balance 93 available 93 lots a+3
         debit r2 3.000001 => ! 3.000001 credits are needed and a limit leaves 3: day of everything, 7 of 10 used, until 2026-03-02T00:00:00Z
         debit r2 3 => debited 3
           entry debit -3 balance 90 available 90 lots a-3",
    );
}

#[test]
fn a_limit_lowered_below_what_was_used_leaves_nothing() {
    check(
        "lot a purchase 100 ends 2026-06-01
         debit r1 10 => debited 1
           entry debit -10 balance 90 available 90 lots a-10
         configure limits day:4 => configured
         debit r2 1 => ! 1 credits are needed and a limit leaves 0: day of everything, 10 of 4 used, until 2026-03-02T00:00:00Z
         configure limits day:0 => configured
         debit r2 1 => ! 1 credits are needed and a limit leaves 0: day of everything, 10 of 0 used, until 2026-03-02T00:00:00Z
         configure overdraft 0 => configured
         debit r2 1 => debited 2
           entry debit -1 balance 89 available 89 lots a-1",
    );
}

#[test]
fn a_limit_says_no_to_each_debit_of_a_batch() {
    check(
        "lot a purchase 100 ends 2026-06-01
         configure limits day:5 => configured
         debits r1 4, r2 2, r3 1 => debited 1; ! 2 credits are needed and a limit leaves 1: day of everything, 4 of 5 used, until 2026-03-02T00:00:00Z; debited 2
           entry debit -4 balance 96 available 96 lots a-4
           entry debit -1 balance 95 available 95 lots a-1",
    );
}

#[test]
fn a_refusal_by_a_limit_stands_for_its_key() {
    check(
        "lot a purchase 100 ends 2026-06-01
         configure limits day:5 => configured
         debit r1 6 key 1 => ! 6 credits are needed and a limit leaves 5: day of everything, 0 of 5 used, until 2026-03-02T00:00:00Z
         configure limits day:6 => configured
         debit r1 6 key 1 => answered before
         debit r1 6 key 2 => debited 1
           entry debit -6 balance 94 available 94 lots a-6",
    );
}
