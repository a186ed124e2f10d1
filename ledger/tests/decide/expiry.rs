//! Lots past their end: gone at that instant, and booked before anything else happens.

use super::table::check;

#[test]
fn a_lot_counts_until_the_microsecond_before_its_end() {
    check(
        "lot a purchase 10 ends 2026-04-01
         now 2026-03-31T23:59:59.999999Z
         adjust -1 => 9 available
           entry adjustment -1 balance 9 available 9 lots a-1
         now 2026-04-01
         adjust -1 => ! 1 credits are needed and 0 are available
         lots a 9",
    );
}

#[test]
fn forfeits_are_booked_before_the_change_and_alter_nothing_anyone_could_have_seen() {
    check(
        "lot a purchase 10 ends 2026-03-10
         lot b bonus 5 ends 2026-03-05
         lot c adjustment 7 ends 2026-05-01
         now 2026-04-01
         adjust -2 => 5 available
           entry expiry -5 balance 17 available 7 lots b-5
           entry expiry -10 balance 7 available 7 lots a-10
           entry adjustment -2 balance 5 available 5 lots c-2
         adjust +1 => 6 available
           entry adjustment 1 balance 6 available 6 lots n1+1
         lots c 5, n1 1",
    );
}

#[test]
fn of_an_ended_lot_what_is_held_stays_and_only_that() {
    check(
        "lot a purchase 10 held 4 ends 2026-03-10
         lot b purchase 3 held 3 ends 2026-03-10
         now 2026-04-01
         adjust +1 => 1 available
           entry expiry -6 balance 7 available 0 lots a-6
           entry adjustment 1 balance 8 available 1 lots n1+1
         adjust -2 => ! 2 credits are needed and 1 are available
         lots a 4, b 3, n1 1",
    );
}

#[test]
fn a_rejected_command_books_no_forfeit() {
    check(
        "lot a purchase 10 ends 2026-03-10
         now 2026-04-01
         adjust -1 => ! 1 credits are needed and 0 are available
         lots a 10",
    );
}

#[test]
fn an_empty_lot_is_never_forfeited() {
    check(
        "lot a purchase 10 ends 2026-03-10
         lot b purchase 1 ends 2026-05-10
         adjust -10 => 1 available
           entry adjustment -10 balance 1 available 1 lots a-10
         now 2026-04-01
         adjust -1 => 0 available
           entry adjustment -1 balance 0 available 0 lots b-1",
    );
}

#[test]
fn a_purchase_books_what_has_ended_too() {
    check(
        "lot a bonus 2 ends 2026-03-01
         open 1 => opened 1 created
         tell 1 paid => granted 1050 1 paid
           entry expiry -2 balance 0 available 0 lots a-2
           entry grant 1050 balance 1050 available 1050 lots n1+1000 n2+50
         lots n2 50, n1 1000",
    );
}
