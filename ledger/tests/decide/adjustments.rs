//! Credits given and taken by hand.

use super::table::check;

#[test]
fn credits_are_given_as_a_lot_of_their_own() {
    check(
        "adjust +12.5 => 12.5 available
           entry adjustment 12.5 balance 12.5 available 12.5 lots n1+12.5
         adjust +0.000001 ends 2026-03-02 => 12.500001 available
           entry adjustment 0.000001 balance 12.500001 available 12.500001 lots n2+0.000001
         lots n2 0.000001, n1 12.5",
    );
}

#[test]
fn by_default_given_credits_last_one_calendar_year() {
    check(
        "now 2028-02-29T12:00:00Z
         adjust +5 => 5 available
           entry adjustment 5 balance 5 available 5 lots n1+5
         now 2029-02-28T11:59:59.999999Z
         adjust -1 => 4 available
           entry adjustment -1 balance 4 available 4 lots n1-1
         now 2029-02-28T12:00:00Z
         adjust -1 => ! 1 credits are needed and 0 are available",
    );
}

#[test]
fn lots_are_used_by_priority_then_end_then_given_before_paid_then_age_then_id() {
    check(
        "lot f adjustment 1 ends 2026-05-02
         lot e adjustment 1 ends 2026-05-01 granted 2026-01-03
         lot d adjustment 1 ends 2026-05-01 granted 2026-01-02
         lot c adjustment 1 ends 2026-05-01 granted 2026-01-02
         lot b purchase 1 ends 2026-05-01 granted 2026-01-01
         lot a purchase 1 ends 2026-04-01 priority 1
         lot g purchase 1 ends 2026-12-01 priority -1
         lot h bonus 1 ends 2026-04-30
         adjust -7.5 => 0.5 available
           entry adjustment -7.5 balance 0.5 available 0.5 lots g-1 h-1 c-1 d-1 e-1 b-1 f-1 a-0.5
         lots a 0.5",
    );
}

#[test]
fn what_is_held_is_not_taken() {
    check(
        "lot a adjustment 10 held 4 ends 2026-04-01
         lot b adjustment 5 held 5 ends 2026-03-15
         adjust -6.000001 => ! 6.000001 credits are needed and 6 are available
         adjust -6 => 0 available
           entry adjustment -6 balance 9 available 0 lots a-6
         adjust -0.000001 => ! 0.000001 credits are needed and 0 are available
         lots b 5, a 4",
    );
}

#[test]
fn an_adjustment_moves_more_than_nothing_and_at_most_ten_million() {
    let refused = "! an adjustment moves more than nothing and at most 10000000 credits";
    check(&format!(
        "adjust 0 => {refused}
         adjust +10000000.000001 => {refused}
         adjust -10000000.000001 => {refused}
         adjust +10000000 => 10000000 available
           entry adjustment 10000000 balance 10000000 available 10000000 lots n1+10000000
         adjust -10000000 => 0 available
           entry adjustment -10000000 balance 0 available 0 lots n1-10000000
         lots none"
    ));
}

#[test]
fn a_balance_never_passes_the_maximum() {
    check(
        "lot a purchase 8999999999 ends 2026-04-01
         adjust +1.000001 => ! a balance is at most 9000000000 credits
         adjust +1 => 9000000000 available
           entry adjustment 1 balance 9000000000 available 9000000000 lots n1+1
         adjust +0.000001 => ! a balance is at most 9000000000 credits",
    );
}

#[test]
fn what_has_ended_takes_no_room_under_the_maximum() {
    check(
        "lot a purchase 9000000000 ends 2026-03-01
         adjust +5 => 5 available
           entry expiry -9000000000 balance 0 available 0 lots a-9000000000
           entry adjustment 5 balance 5 available 5 lots n1+5
         lots n1 5",
    );
}

#[test]
fn but_what_is_held_of_an_ended_lot_does() {
    check(
        "lot a purchase 9000000000 held 1 ends 2026-03-01
         adjust +9000000 => 9000000 available
           entry expiry -8999999999 balance 1 available 0 lots a-8999999999
           entry adjustment 9000000 balance 9000001 available 9000000 lots n1+9000000
         lots a 1, n1 9000000",
    );
}

#[test]
fn only_added_credits_can_end_and_only_in_the_future() {
    check(
        "now 2026-03-01T12:00:00Z
         adjust -1 ends 2026-04-01 => ! only added credits have an end
         adjust +1 ends 2026-03-01T12:00:00Z => ! the end of a lot lies after its grant
         adjust +1 ends 2026-03-01T12:00:00.000001Z => 1 available
           entry adjustment 1 balance 1 available 1 lots n1+1",
    );
}

#[test]
fn what_a_hold_past_its_end_held_of_an_ended_lot_takes_no_room_either() {
    check(
        "lot a purchase 9000000000 ends 2026-03-01T12:30:00Z
         hold h1 9000000000 => active, 9000000000 held, 0 available
           entry hold 0 held +9000000000 balance 9000000000 available 0 lots a(+9000000000)
         now 2026-03-01T12:59:59.999999Z
         adjust +1 => ! a balance is at most 9000000000 credits
         now 2026-03-01T13:00:00Z
         adjust +1 => 1 available
           entry release 0 held -9000000000 balance 9000000000 available 0 lots a(-9000000000)
           entry expiry -9000000000 balance 0 available 0 lots a-9000000000
           entry adjustment 1 balance 1 available 1 lots n1+1",
    );
}
