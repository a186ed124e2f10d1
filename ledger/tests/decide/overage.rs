//! Work that cost more than was held: refused, capped, or covered by what is available and by debt.

use super::table::check;

#[test]
fn reject_refuses_a_micro_credit_more_than_is_held() {
    check(
        "lot a purchase 10 ends 2026-04-01
         hold h1 4 overage reject => active, 4 held, 6 available
           entry hold 0 held +4 balance 10 available 6 lots a(+4)
         capture h1 4.000001 => ! the work cost 4.000001 credits and 4 are held
         capture h1 3 finality partial => charged 3, active, 1 held, 6 available
           entry capture -3 held -3 balance 7 available 6 lots a-3(-3)
         capture h1 1.000001 finality partial => ! the work cost 1.000001 credits and 1 are held
         capture h1 1 => charged 1, captured, 0 held, 6 available
           entry capture -1 held -1 balance 6 available 6 lots a-1(-1)",
    );
}

#[test]
fn cap_charges_what_is_held_and_reports_the_rest() {
    check(
        "lot a purchase 10 ends 2026-04-01
         configure overdraft 100 => configured
         hold h1 4 overage cap => active, 4 held, 6 available
           entry hold 0 held +4 balance 10 available 6 lots a(+4)
         capture h1 9 finality partial => charged 4, 5 uncovered, active, 0 held, 6 available
           entry capture -4 held -4 balance 6 available 6 lots a-4(-4)
         capture h1 0.000001 => charged 0, 0.000001 uncovered, captured, 0 held, 6 available
           entry capture 0 balance 6 available 6 lots none
         holds h1 captured credits 4 captured 4 in none ends 2026-03-01T13:00:00Z
         used other 2026-03-01 consumed 4 count 2
         debt 0",
    );
}

#[test]
fn cover_draws_what_is_available_before_anything_is_owed() {
    check(
        "lot a purchase 5 ends 2026-03-15
         lot b purchase 10 ends 2026-04-01
         configure overdraft 100 => configured
         hold h1 7 => active, 7 held, 8 available
           entry hold 0 held +7 balance 15 available 8 lots a(+5) b(+2)
         capture h1 8 finality partial => charged 8, active, 0 held, 7 available
           entry capture -8 held -7 balance 7 available 7 lots a-5(-5) b-3(-2)
         capture h1 7 finality partial => charged 7, active, 0 held, 0 available
           entry capture -7 balance 0 available 0 lots b-7
         debt 0
         capture h1 0.000001 => charged 0.000001, captured, 0 held, 0 available
           entry capture 0 debt +0.000001 balance 0 available 0 lots none
         debt 0.000001
         holds h1 captured credits 7 captured 15.000001 in none ends 2026-03-01T13:00:00Z
         used other 2026-03-01 consumed 15.000001 count 3",
    );
}

#[test]
fn debt_goes_exactly_to_the_overdraft_limit_and_the_rest_is_reported() {
    check(
        "lot a purchase 5 ends 2026-04-01
         configure overdraft 3 => configured
         hold h1 4 => active, 4 held, 1 available
           entry hold 0 held +4 balance 5 available 1 lots a(+4)
         hold h2 1 => active, 1 held, 0 available
           entry hold 0 held +1 balance 5 available 0 lots a(+1)
         capture h1 6 finality partial => charged 6, active, 0 held, 0 available
           entry capture -4 held -4 debt +2 balance 1 available 0 lots a-4(-4)
         debt 2
         capture h2 2 finality partial => charged 2, active, 0 held, 0 available
           entry capture -1 held -1 debt +1 balance 0 available 0 lots a-1(-1)
         debt 3
         capture h2 0.000001 => charged 0, 0.000001 uncovered, captured, 0 held, 0 available
           entry capture 0 balance 0 available 0 lots none
         debt 3
         used other 2026-03-01 consumed 8 count 3",
    );
}

#[test]
fn without_an_overdraft_nothing_is_ever_owed() {
    check(
        "lot a purchase 5 ends 2026-04-01
         hold h1 4 => active, 4 held, 1 available
           entry hold 0 held +4 balance 5 available 1 lots a(+4)
         capture h1 7 => charged 5, 2 uncovered, captured, 0 held, 0 available
           entry capture -5 held -4 balance 0 available 0 lots a-5(-4)
         debt 0",
    );
}

#[test]
fn an_overdraft_lowered_below_the_debt_forgives_nothing_and_covers_nothing() {
    check(
        "lot a purchase 5 ends 2026-04-01
         configure overdraft 3 => configured
         hold h1 5 => active, 5 held, 0 available
           entry hold 0 held +5 balance 5 available 0 lots a(+5)
         capture h1 8 finality partial => charged 8, active, 0 held, 0 available
           entry capture -5 held -5 debt +3 balance 0 available 0 lots a-5(-5)
         configure overdraft 1 => configured
         capture h1 2 => charged 0, 2 uncovered, captured, 0 held, 0 available
           entry capture 0 balance 0 available 0 lots none
         debt 3",
    );
}

#[test]
fn cover_takes_nothing_that_another_hold_set_aside_or_that_has_ended() {
    check(
        "lot a purchase 5 ends 2026-03-01T12:30:00Z
         lot b purchase 5 ends 2026-04-01
         configure overdraft 1 => configured
         hold h1 1 => active, 1 held, 9 available
           entry hold 0 held +1 balance 10 available 9 lots a(+1)
         hold h2 7 => active, 7 held, 2 available
           entry hold 0 held +7 balance 10 available 2 lots a(+4) b(+3)
         now 2026-03-01T12:30:00Z
         capture h1 9 => charged 4, 5 uncovered, captured, 0 held, 0 available
           entry capture -3 held -1 debt +1 balance 7 available 0 lots a-1(-1) b-2
         lots a 4, b 3",
    );
}

#[test]
fn cover_draws_what_a_hold_past_its_end_held() {
    check(
        "lot a purchase 10 ends 2026-04-01
         hold h1 4 => active, 4 held, 6 available
           entry hold 0 held +4 balance 10 available 6 lots a(+4)
         hold h2 6 ttl 60 => active, 6 held, 0 available
           entry hold 0 held +6 balance 10 available 0 lots a(+6)
         now 2026-03-01T12:01:00Z
         capture h1 9 => charged 9, captured, 0 held, 1 available
           entry release 0 held -6 balance 10 available 6 lots a(-6)
           entry capture -9 held -4 balance 1 available 1 lots a-9(-4)",
    );
}

#[test]
fn admitted_work_gets_to_finish_whatever_a_limit_says() {
    check(
        "lot a purchase 10 ends 2026-04-01
         configure limits day:4 => configured
         hold h1 4 => active, 4 held, 6 available
           entry hold 0 held +4 balance 10 available 6 lots a(+4)
         capture h1 9 => charged 9, captured, 0 held, 1 available
           entry capture -9 held -4 balance 1 available 1 lots a-9(-4)
         debit r1 1 => ! 1 credits are needed and a limit leaves 0: day of everything, 9 of 4 used, until 2026-03-02T00:00:00Z",
    );
}
