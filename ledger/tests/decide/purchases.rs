//! Purchases: opened once for one request, granted once for one payment, from their own terms.

use super::table::check;

#[test]
fn paid_evidence_grants_once_however_often_it_is_told() {
    check(
        "open 1 => opened 1 created
         record 1 => recorded 1 open
         tell 1 open => settled 1 open
         tell 1 unpaid => settled 1 awaitingfunds
         tell 1 paid => granted 1050 1 paid
           entry grant 1050 balance 1050 available 1050 lots n1+1000 n2+50
         tell 1 paid => settled 1 paid
         tell 1 expired => settled 1 paid
         lots n2 50, n1 1000",
    );
}

#[test]
fn a_purchase_without_a_bonus_is_one_lot() {
    check(
        "open 1 bonus 0 => opened 1 created
         tell 1 paid => granted 1000 1 paid
           entry grant 1000 balance 1000 available 1000 lots n1+1000",
    );
}

#[test]
fn bought_credits_last_one_calendar_year_from_the_payment() {
    check(
        "open 1 bonus 0 => opened 1 created
         now 2026-03-05T08:00:00Z
         tell 1 paid => granted 1000 1 paid
           entry grant 1000 balance 1000 available 1000 lots n1+1000
         now 2027-03-05T07:59:59.999999Z
         adjust -1 => 999 available
           entry adjustment -1 balance 999 available 999 lots n1-1
         now 2027-03-05T08:00:00Z
         adjust -1 => ! 1 credits are needed and 0 are available",
    );
}

#[test]
fn the_same_open_request_returns_the_same_purchase() {
    check(
        "open 1 => opened 1 created
         open 2 => opened 1 created
         record 1 => recorded 1 open
         open 3 => opened 1 open
         open 4 shop other => opened 4 created
         open 5 bonus 49 => opened 5 created",
    );
}

#[test]
fn a_purchase_that_is_decided_or_about_to_close_is_not_handed_out_again() {
    check(
        "open 1 => opened 1 created
         abandon 1 => abandoned 1 failed
         open 2 => opened 2 created
         tell 2 expired => settled 2 expired
         open 3 => opened 3 created
         now 2026-03-02T11:50:00Z
         open 4 => opened 3 created
         now 2026-03-02T11:50:00.000001Z
         open 5 => opened 5 created",
    );
}

#[test]
fn fifty_purchases_may_be_open_at_once() {
    let mut table = String::new();
    for number in 1..=50 {
        table += &format!("open {number} shop s{number} => opened {number} created\n");
    }
    table += "open 51 shop s51 => ! the account has 50 open purchases, and no more are opened beside them
              open 52 shop s7 => opened 7 created
              abandon 7 => abandoned 7 failed
              open 53 shop s53 => opened 53 created";
    check(&table);
}

#[test]
fn a_purchase_that_could_not_be_granted_is_not_opened() {
    check(
        "lot a purchase 8999998951 ends 2026-04-01
         open 1 => ! a balance is at most 9000000000 credits
         open 2 bonus 49 => opened 2 created
         tell 2 paid => granted 1049 2 paid
           entry grant 1049 balance 9000000000 available 9000000000 lots n1+1000 n2+49",
    );
}

#[test]
fn evidence_that_would_pass_the_maximum_is_refused_and_can_be_told_again() {
    check(
        "open 1 => opened 1 created
         lot a purchase 8999999000 ends 2026-04-01
         tell 1 paid => ! a balance is at most 9000000000 credits
         adjust -50 => 8999998950 available
           entry adjustment -50 balance 8999998950 available 8999998950 lots a-50
         tell 1 paid => granted 1050 1 paid
           entry grant 1050 balance 9000000000 available 9000000000 lots n1+1000 n2+50",
    );
}

#[test]
fn a_purchase_has_one_session_for_good() {
    check(
        "open 1 => opened 1 created
         record 1 => recorded 1 open
         record 1 => recorded 1 open
         record 1 session cs_9 => ! the purchase has another checkout session",
    );
}

#[test]
fn evidence_may_overtake_the_session() {
    check(
        "open 1 => opened 1 created
         tell 1 paid => granted 1050 1 paid
           entry grant 1050 balance 1050 available 1050 lots n1+1000 n2+50
         record 1 => recorded 1 paid
         tell 1 paid => settled 1 paid",
    );
}

#[test]
fn only_a_purchase_without_a_session_can_be_abandoned() {
    check(
        "open 1 => opened 1 created
         record 1 => recorded 1 open
         abandon 1 => ! the purchase cannot be paid any more
         abandon 9 => ! no such purchase
         record 9 => ! no such purchase
         tell 9 paid => ! no such purchase",
    );
}

#[test]
fn money_for_an_abandoned_purchase_is_still_granted() {
    check(
        "open 1 => opened 1 created
         abandon 1 => abandoned 1 failed
         tell 1 paid => granted 1050 1 paid
           entry grant 1050 balance 1050 available 1050 lots n1+1000 n2+50",
    );
}

#[test]
fn a_granted_purchase_stays_paid_when_another_session_turns_up() {
    check(
        "open 1 bonus 0 => opened 1 created
         tell 1 paid => granted 1000 1 paid
           entry grant 1000 balance 1000 available 1000 lots n1+1000
         record 1 session cs_other => recorded 1 paid
         tell 1 paid => settled 1 paid",
    );
}
