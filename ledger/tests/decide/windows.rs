//! The windows of limits and the days of use, in the account's own zone.

use super::table::check;

#[test]
fn a_day_in_kolkata_ends_at_half_past_six_in_the_evening_utc() {
    check(
        "lot a purchase 100 ends 2026-06-01
         configure zone Asia/Kolkata limits day:10 => configured
         now 2026-03-03T18:29:59.999999Z
         debit r1 10 of backtesting => debited 1
           entry debit -10 balance 90 available 90 lots a-10
         debit r2 1 => ! 1 credits are needed and a limit leaves 0: day of everything, 10 of 10 used, until 2026-03-03T18:30:00Z
         now 2026-03-03T18:30:00Z
         debit r2 10 of backtesting => debited 2
           entry debit -10 balance 80 available 80 lots a-10
         debit r3 1 => ! 1 credits are needed and a limit leaves 0: day of everything, 10 of 10 used, until 2026-03-04T18:30:00Z
         used backtesting 2026-03-03 consumed 10 count 1, 2026-03-04 consumed 10 count 1",
    );
}

#[test]
fn a_week_begins_on_the_zones_monday() {
    check(
        "lot a purchase 100 ends 2026-06-01
         configure zone Asia/Kolkata limits week:10 => configured
         now 2026-03-08T18:29:59.999999Z            # Sunday there
         debit r1 10 => debited 1
           entry debit -10 balance 90 available 90 lots a-10
         debit r2 1 => ! 1 credits are needed and a limit leaves 0: week of everything, 10 of 10 used, until 2026-03-08T18:30:00Z
         now 2026-03-08T18:30:00Z
         debit r2 9 => debited 2
           entry debit -9 balance 81 available 81 lots a-9
         now 2026-03-15T18:29:59.999999Z
         debit r3 2 => ! 2 credits are needed and a limit leaves 1: week of everything, 9 of 10 used, until 2026-03-15T18:30:00Z",
    );
}

#[test]
fn a_cycle_begins_on_the_anchor_day_of_the_zone() {
    check(
        "lot a purchase 100 ends 2026-06-01
         configure zone Asia/Kolkata anchor 15 limits cycle:10 => configured
         now 2026-03-14T18:30:00Z
         debit r1 10 => debited 1
           entry debit -10 balance 90 available 90 lots a-10
         now 2026-04-14T18:29:59.999999Z
         debit r2 1 => ! 1 credits are needed and a limit leaves 0: cycle of everything, 10 of 10 used, until 2026-04-14T18:30:00Z
         now 2026-04-14T18:30:00Z
         debit r2 1 => debited 2
           entry debit -1 balance 89 available 89 lots a-1",
    );
}

#[test]
fn the_day_on_which_clocks_leap_has_23_hours_and_the_week_167() {
    check(
        "lot a purchase 100 ends 2026-06-01
         configure zone America/New_York limits day:10,week:12 => configured
         now 2026-03-08T05:00:00Z
         debit r1 10 => debited 1
           entry debit -10 balance 90 available 90 lots a-10
         now 2026-03-09T03:59:59.999999Z
         debit r2 1 => ! 1 credits are needed and a limit leaves 0: day of everything, 10 of 10 used, until 2026-03-09T04:00:00Z
         now 2026-03-09T04:00:00Z                     # Monday, an hour earlier by UTC
         debit r2 10 => debited 2
           entry debit -10 balance 80 available 80 lots a-10
         now 2026-03-16T03:59:59.999999Z
         debit r3 3 => ! 3 credits are needed and a limit leaves 2: week of everything, 10 of 12 used, until 2026-03-16T04:00:00Z",
    );
}

#[test]
fn the_day_on_which_clocks_fall_back_half_an_hour_has_24_and_a_half() {
    check(
        "lot a purchase 100 ends 2026-06-01
         configure zone Australia/Lord_Howe limits day:10 => configured
         now 2026-04-04T13:00:00Z                      # midnight at +11
         debit r1 10 of backtesting => debited 1
           entry debit -10 balance 90 available 90 lots a-10
         now 2026-04-05T13:29:59.999999Z               # a moment to midnight at +10:30
         debit r2 1 => ! 1 credits are needed and a limit leaves 0: day of everything, 10 of 10 used, until 2026-04-05T13:30:00Z
         now 2026-04-05T13:30:00Z
         debit r2 1 of backtesting => debited 2
           entry debit -1 balance 89 available 89 lots a-1
         used backtesting 2026-04-05 consumed 10 count 1, 2026-04-06 consumed 1 count 1",
    );
}

#[test]
fn a_change_of_zone_ends_the_day_and_keeps_the_cycle() {
    check(
        "lot a purchase 100 ends 2026-06-01
         configure limits day:10,cycle:25 => configured
         debit r1 10 of backtesting => debited 1
           entry debit -10 balance 90 available 90 lots a-10
         now 2026-03-01T13:00:00Z
         configure zone Asia/Kolkata limits day:10,cycle:25 => configured
         debit r2 10 of backtesting => debited 2
           entry debit -10 balance 80 available 80 lots a-10
         used backtesting 2026-03-01 consumed 10 count 1, 2026-03-01 consumed 10 count 1
         now 2026-03-01T18:30:00Z
         debit r3 6 of backtesting => ! 6 credits are needed and a limit leaves 5: cycle of everything, 20 of 25 used, until 2026-03-31T18:30:00Z
         debit r3 5 of backtesting => debited 3
           entry debit -5 balance 75 available 75 lots a-5
         used backtesting 2026-03-01 consumed 10 count 1, 2026-03-01 consumed 10 count 1, 2026-03-02 consumed 5 count 1",
    );
}

#[test]
fn a_hold_made_before_a_change_of_zone_is_taken_off_the_day_it_was_counted_on() {
    check(
        "lot a purchase 100 ends 2026-06-01
         hold h1 10 of backtesting ttl 86400 => active, 10 held, 90 available
           entry hold 0 held +10 balance 100 available 90 lots a(+10)
         now 2026-03-01T13:00:00Z
         configure zone America/St_Johns => configured
         capture h1 4 => charged 4, captured, 0 held, 96 available
           entry capture -4 held -10 balance 96 available 96 lots a-4(-10)
         used backtesting 2026-03-01 nothing, 2026-03-01 consumed 4 count 1
         refund 2 credits 1 => refunded 1, 97 available
           entry refund 1 balance 97 available 97 lots a+1
         used backtesting 2026-03-01 nothing, 2026-03-01 consumed 4 refunded 1 count 1",
    );
}
