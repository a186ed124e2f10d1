//! Captures within what is held: once or in parts, and what is left returns.

use super::table::check;

#[test]
fn a_final_capture_takes_what_the_work_cost_and_returns_the_rest_at_once() {
    check(
        "lot a purchase 5 ends 2026-03-15
         lot b purchase 5 ends 2026-04-01
         hold h1 8 of backtesting => active, 8 held, 2 available
           entry hold 0 held +8 balance 10 available 2 lots a(+5) b(+3)
         capture h1 6 => charged 6, captured, 0 held, 4 available
           entry capture -6 held -8 balance 4 available 4 lots a-5(-5) b-1(-3)
         holds h1 captured credits 8 captured 6 in none ends 2026-03-01T13:00:00Z
         used backtesting 2026-03-01 consumed 6 count 1
         capture h1 6 => ! the hold has ended: captured, captured 6 of 8
         lots b 4",
    );
}

#[test]
fn all_of_a_hold_can_be_captured_and_nothing_of_it() {
    check(
        "lot a purchase 10 ends 2026-04-01
         hold h1 4 => active, 4 held, 6 available
           entry hold 0 held +4 balance 10 available 6 lots a(+4)
         hold h2 4 => active, 4 held, 2 available
           entry hold 0 held +4 balance 10 available 2 lots a(+4)
         capture h1 4 => charged 4, captured, 0 held, 2 available
           entry capture -4 held -4 balance 6 available 2 lots a-4(-4)
         capture h2 0 => charged 0, captured, 0 held, 6 available
           entry capture 0 held -4 balance 6 available 6 lots a(-4)
         used other 2026-03-01 consumed 4 count 2",
    );
}

#[test]
fn parts_add_up_until_the_last_one_ends_the_hold() {
    check(
        "lot a purchase 5 ends 2026-03-15
         lot b purchase 5 ends 2026-04-01
         hold h1 9 => active, 9 held, 1 available
           entry hold 0 held +9 balance 10 available 1 lots a(+5) b(+4)
         capture h1 2 finality partial => charged 2, active, 7 held, 1 available
           entry capture -2 held -2 balance 8 available 1 lots a-2(-2)
         holds h1 active credits 9 captured 2 in a 3, b 4 ends 2026-03-01T13:00:00Z
         capture h1 4 finality partial => charged 4, active, 3 held, 1 available
           entry capture -4 held -4 balance 4 available 1 lots a-3(-3) b-1(-1)
         capture h1 3 finality partial => charged 3, active, 0 held, 1 available
           entry capture -3 held -3 balance 1 available 1 lots b-3(-3)
         holds h1 active credits 9 captured 9 in none ends 2026-03-01T13:00:00Z
         capture h1 0 => charged 0, captured, 0 held, 1 available
           entry capture 0 balance 1 available 1 lots none
         used other 2026-03-01 consumed 9 count 4",
    );
}

#[test]
fn what_was_captured_in_part_stays_charged_when_the_rest_is_released_or_ends() {
    check(
        "lot a purchase 10 ends 2026-04-01
         hold h1 4 => active, 4 held, 6 available
           entry hold 0 held +4 balance 10 available 6 lots a(+4)
         hold h2 4 ttl 60 => active, 4 held, 2 available
           entry hold 0 held +4 balance 10 available 2 lots a(+4)
         capture h1 1 finality partial => charged 1, active, 3 held, 2 available
           entry capture -1 held -1 balance 9 available 2 lots a-1(-1)
         capture h2 1 finality partial => charged 1, active, 3 held, 2 available
           entry capture -1 held -1 balance 8 available 2 lots a-1(-1)
         release h1 => released, 0 held, 5 available
           entry release 0 held -3 balance 8 available 5 lots a(-3)
         holds h1 released credits 4 captured 1 in none ends 2026-03-01T13:00:00Z
         now 2026-03-01T12:01:00Z
         book due => booked
           entry release 0 held -3 balance 8 available 8 lots a(-3)
         holds h2 expired credits 4 captured 1 in none ends 2026-03-01T12:01:00Z",
    );
}

#[test]
fn a_capture_comes_too_late_at_the_holds_end_and_not_a_microsecond_before() {
    check(
        "lot a purchase 10 ends 2026-04-01
         hold h1 4 ttl 60 => active, 4 held, 6 available
           entry hold 0 held +4 balance 10 available 6 lots a(+4)
         now 2026-03-01T12:00:59.999999Z
         capture h1 1 finality partial => charged 1, active, 3 held, 6 available
           entry capture -1 held -1 balance 9 available 6 lots a-1(-1)
         now 2026-03-01T12:01:00Z
         capture h1 1 => ! the hold has ended: expired, captured 1 of 4",
    );
}

#[test]
fn a_capture_books_what_is_due_first() {
    check(
        "lot a purchase 10 ends 2026-03-01T12:10:00Z
         lot b purchase 10 ends 2026-04-01
         hold h1 4 => active, 4 held, 16 available
           entry hold 0 held +4 balance 20 available 16 lots a(+4)
         hold h2 7 ttl 60 => active, 7 held, 9 available
           entry hold 0 held +7 balance 20 available 9 lots a(+6) b(+1)
         now 2026-03-01T12:10:00Z
         capture h1 3 => charged 3, captured, 0 held, 10 available
           entry release 0 held -7 balance 20 available 10 lots a(-6) b(-1)
           entry expiry -6 balance 14 available 10 lots a-6
           entry capture -3 held -4 balance 11 available 10 lots a-3(-4)
           entry expiry -1 balance 10 available 10 lots a-1",
    );
}

#[test]
fn a_capture_counts_for_the_work_it_names_on_the_day_on_which_it_is_made() {
    check(
        "lot a purchase 10 ends 2026-04-01
         hold h1 4 of backtesting ttl 86400 => active, 4 held, 6 available
           entry hold 0 held +4 balance 10 available 6 lots a(+4)
         used backtesting 2026-03-01 held 4
         now 2026-03-02T00:00:00Z
         capture h1 1 of backtesting/large finality partial => charged 1, active, 3 held, 6 available
           entry capture -1 held -1 balance 9 available 6 lots a-1(-1)
         capture h1 1 => charged 1, captured, 0 held, 8 available
           entry capture -1 held -3 balance 8 available 8 lots a-1(-3)
         used backtesting 2026-03-01 nothing, 2026-03-02 consumed 1 count 1
         used backtesting/large 2026-03-02 consumed 1 count 1",
    );
}
