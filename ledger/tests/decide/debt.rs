//! Debt: the next grant pays it first, with an entry of its own.

use super::table::check;

const OWES_THREE: &str = "configure overdraft 10 => configured
     adjust +2 => 2 available
       entry adjustment 2 balance 2 available 2 lots n1+2
     hold h1 2 of backtesting => active, 2 held, 0 available
       entry hold 0 held +2 balance 2 available 0 lots n1(+2)
     capture h1 5 => charged 5, captured, 0 held, 0 available
       entry capture -2 held -2 debt +3 balance 0 available 0 lots n1-2(-2)
     debt 3
     ";

fn check_owing_three(table: &str) {
    check(&format!("{OWES_THREE}{table}"));
}

#[test]
fn a_grant_pays_what_is_owed_before_anything_else() {
    check_owing_three(
        "adjust +10 => 7 available
           entry adjustment 10 balance 10 available 10 lots n2+10
           entry debt_payment -3 debt -3 balance 7 available 7 lots n2-3
         debt 0
         adjust +1 => 8 available
           entry adjustment 1 balance 8 available 8 lots n3+1
         used backtesting 2026-03-01 consumed 5 count 1",
    );
}

#[test]
fn a_purchase_pays_it_in_burn_order() {
    check_owing_three(
        "open 1 => opened 1 created
         tell 1 paid => granted 1050 1 paid
           entry grant 1050 balance 1050 available 1050 lots n2+1000 n3+50
           entry debt_payment -3 debt -3 balance 1047 available 1047 lots n3-3
         debt 0",
    );
}

#[test]
fn a_grant_that_is_too_small_pays_in_part() {
    check_owing_three(
        "adjust +1 => 0 available
           entry adjustment 1 balance 1 available 1 lots n2+1
           entry debt_payment -1 debt -1 balance 0 available 0 lots n2-1
         debt 2
         adjust +2 => 0 available
           entry adjustment 2 balance 2 available 2 lots n3+2
           entry debt_payment -2 debt -2 balance 0 available 0 lots n3-2
         debt 0
         lots none",
    );
}

#[test]
fn only_a_grant_pays_and_never_with_what_is_held() {
    check(
        "lot a purchase 4 ends 2026-04-01
         configure overdraft 10 => configured
         hold h1 1 => active, 1 held, 3 available
           entry hold 0 held +1 balance 4 available 3 lots a(+1)
         hold h2 3 => active, 3 held, 0 available
           entry hold 0 held +3 balance 4 available 0 lots a(+3)
         capture h1 6 => charged 6, captured, 0 held, 0 available
           entry capture -1 held -1 debt +5 balance 3 available 0 lots a-1(-1)
         adjust +1 => 0 available
           entry adjustment 1 balance 4 available 1 lots n1+1
           entry debt_payment -1 debt -1 balance 3 available 0 lots n1-1
         release h2 => released, 0 held, 3 available
           entry release 0 held -3 balance 3 available 3 lots a(-3)
         debt 4
         adjust +2 => 1 available
           entry adjustment 2 balance 5 available 5 lots n2+2
           entry debt_payment -4 debt -4 balance 1 available 1 lots a-3 n2-1
         debt 0",
    );
}

#[test]
fn what_a_hold_past_its_end_held_pays_too() {
    check(
        "lot a purchase 4 ends 2026-04-01
         configure overdraft 10 => configured
         hold h1 1 => active, 1 held, 3 available
           entry hold 0 held +1 balance 4 available 3 lots a(+1)
         hold h2 3 ttl 60 => active, 3 held, 0 available
           entry hold 0 held +3 balance 4 available 0 lots a(+3)
         capture h1 6 => charged 6, captured, 0 held, 0 available
           entry capture -1 held -1 debt +5 balance 3 available 0 lots a-1(-1)
         now 2026-03-01T12:01:00Z
         adjust +1 => 0 available
           entry release 0 held -3 balance 3 available 3 lots a(-3)
           entry adjustment 1 balance 4 available 4 lots n1+1
           entry debt_payment -4 debt -4 balance 0 available 0 lots a-3 n1-1
         debt 1",
    );
}
