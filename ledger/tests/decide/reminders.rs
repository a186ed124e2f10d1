//! Reminders: each lot is told of once at each stage, some days before its end.

use super::table::check;

#[test]
fn a_lot_is_told_of_once_at_each_stage() {
    check(
        "lot a purchase 10 granted 2026-01-01 ends 2026-05-01
         now 2026-03-31T23:59:59.999999Z
         remind 30,7,1 => reminded
         told nothing
         now 2026-04-01
         remind 30,7,1 => reminded
         told 10 end within 30, at 2026-05-01T00:00:00Z
         remind 30,7,1 => reminded
         told nothing
         now 2026-04-24
         remind 30,7,1 => reminded
         told 10 end within 7, at 2026-05-01T00:00:00Z
         now 2026-04-30T12:00:00Z
         remind 30,7,1 => reminded
         told 10 end within 1, at 2026-05-01T00:00:00Z
         now 2026-04-30T23:59:59.999999Z
         remind 30,7,1 => reminded
         told nothing",
    );
}

#[test]
fn a_stage_that_was_missed_is_made_up_for_unless_a_later_one_has_begun() {
    check(
        "lot a purchase 10 granted 2026-01-01 ends 2026-05-01
         now 2026-04-20
         remind 30,7,1 => reminded
         told 10 end within 30, at 2026-05-01T00:00:00Z
         now 2026-04-30T06:00:00Z
         remind 30,7,1 => reminded
         told 10 end within 1, at 2026-05-01T00:00:00Z
         now 2026-04-30T07:00:00Z
         remind 30,7,1 => reminded
         told nothing",
    );
}

#[test]
fn nothing_is_told_of_a_lot_without_anything_to_spend() {
    check(
        "lot a purchase 10 held 10 granted 2026-01-01 ends 2026-05-01
         now 2026-04-20
         remind 30,7,1 => reminded
         told nothing",
    );
}

#[test]
fn lots_that_end_on_one_day_of_the_account_are_told_of_together() {
    check(
        "configure zone Asia/Kolkata => configured
         lot a purchase 10 granted 2026-01-01 ends 2026-05-01T01:00:00Z
         lot b purchase 5 granted 2026-01-01 ends 2026-05-01T18:29:59Z
         lot c purchase 3 granted 2026-01-01 ends 2026-05-01T18:30:00Z
         now 2026-04-01T01:00:00Z
         remind 30,7,1 => reminded
         told 15 end within 30, at 2026-05-01T01:00:00Z
         now 2026-04-01T18:29:59Z
         remind 30,7,1 => reminded
         told nothing
         now 2026-04-01T18:30:00Z
         remind 30,7,1 => reminded
         told 3 end within 30, at 2026-05-01T18:30:00Z",
    );
}

#[test]
fn a_stage_before_the_grant_never_was() {
    check(
        "now 2026-04-20
         adjust +10 ends 2026-04-25 => 10 available
           entry adjustment 10 balance 10 available 10 lots n1+10
         remind 30,7,1 => reminded
         told nothing
         now 2026-04-24
         remind 30,7,1 => reminded
         told 10 end within 1, at 2026-04-25T00:00:00Z",
    );
}
