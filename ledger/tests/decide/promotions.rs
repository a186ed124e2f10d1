//! Promotion codes: when a use counts, and what stands in the way of one; and promotional grants.

use super::table::check;

#[test]
fn a_use_is_reserved_when_a_purchase_is_opened_and_given_back_when_it_expires() {
    check(
        "code SPRING 10% total 1 => SPRING, used 0
         open 1 code SPRING => opened 1 created
         set SPRING total 1 => SPRING, used 1
         open 2 shop other code SPRING => ! the code can be used 1 times in all and was used 1 times
         record 1 => recorded 1 open
         tell 1 expired => settled 1 expired
         set SPRING total 1 => SPRING, used 0
         open 3 shop other code SPRING => opened 3 created",
    );
}

#[test]
fn a_purchase_given_up_gives_its_use_back_and_takes_it_again_with_its_session() {
    check(
        "code SPRING 10% => SPRING, used 0
         open 1 code SPRING => opened 1 created
         abandon 1 => abandoned 1 failed
         set SPRING => SPRING, used 0
         record 1 => recorded 1 open
         set SPRING => SPRING, used 1",
    );
}

#[test]
fn a_paid_purchase_keeps_its_use_whatever_becomes_of_the_money() {
    check(
        "code SPRING 10% each 1 => SPRING, used 0
         open 1 code SPRING bonus 0 => opened 1 created
         tell 1 paid => granted 1000 1 paid
           entry grant 1000 balance 1000 available 1000 lots n1+1000
         tell 1 refund r 1000 succeeded => settled 1 refunded
           entry clawback -1000 balance 0 available 0 lots n1-1000
         set SPRING each 1 => SPRING, used 1
         open 2 shop other code SPRING => ! the code can be used 1 times by one account and was used 1 times",
    );
}

#[test]
fn a_purchase_paid_late_is_granted_as_agreed_even_past_the_codes_limit() {
    check(
        "code SPRING 10% total 1 => SPRING, used 0
         open 1 code SPRING bonus 50 => opened 1 created
         tell 1 expired => settled 1 expired
         open 2 shop other code SPRING bonus 0 => opened 2 created
         tell 2 paid => granted 1000 2 paid
           entry grant 1000 balance 1000 available 1000 lots n1+1000
         set SPRING total 1 active no => SPRING, used 1
         tell 1 paid => granted 1050 1 paid
           entry grant 1050 balance 2050 available 2050 lots n2+1000 n3+50
         set SPRING total 1 => SPRING, used 2",
    );
}

#[test]
fn the_same_open_request_with_the_same_code_uses_it_once() {
    check(
        "code SPRING 10% each 1 => SPRING, used 0
         open 1 code SPRING => opened 1 created
         open 2 code SPRING => opened 1 created
         set SPRING each 1 => SPRING, used 1
         open 3 => opened 3 created",
    );
}

#[test]
fn every_limit_of_a_code_is_a_sentence_with_its_numbers() {
    check(
        "open 1 code NOPE => ! no such promotion code
         code OFF 10% active no => OFF, used 0
         open 1 code OFF => ! the code is not in use any more
         code ENDED 10% ends 2026-03-01T12:00:00Z => ENDED, used 0
         open 1 code ENDED => ! the code ended on 2026-03-01T12:00:00Z
         code PLUS 10% of plus,pro => PLUS, used 0
         open 1 code PLUS => ! the code is not for what is bought
         open 1 code PLUS of pro => opened 1 created
         code ANY 10% => ANY, used 0
         open 2 code ANY of custom => ! the code is not for what is bought
         code TWICE +5 each 2 => TWICE, used 0
         open 3 shop three code TWICE => opened 3 created
         open 4 shop four code TWICE => opened 4 created
         open 5 shop five code TWICE => ! the code can be used 2 times by one account and was used 2 times",
    );
}

#[test]
fn a_code_ends_at_its_instant_and_not_before() {
    check(
        "code SPRING 10% ends 2026-03-01T12:00:01Z => SPRING, used 0
         now 2026-03-01T12:00:00.999999Z
         open 1 code SPRING => opened 1 created
         now 2026-03-01T12:00:01Z
         open 2 shop other code SPRING => ! the code ended on 2026-03-01T12:00:01Z",
    );
}

#[test]
fn a_code_for_a_first_purchase_is_for_accounts_that_never_paid_one() {
    check(
        "code HELLO +100 for first => HELLO, used 0
         code SPRING 10% => SPRING, used 0
         open 1 code HELLO => opened 1 created
         open 2 shop other code HELLO => ! the code is for a first purchase
         abandon 1 => abandoned 1 failed
         open 3 shop other code SPRING => opened 3 created
         open 4 code HELLO => ! the code is for a first purchase
         abandon 3 => abandoned 3 failed
         open 4 bonus 0 => opened 4 created
         tell 4 paid => granted 1000 4 paid
           entry grant 1000 balance 1000 available 1000 lots n1+1000
         open 5 code HELLO => ! the code is for a first purchase",
    );
}

#[test]
fn a_refused_code_uses_the_requests_key_up_and_an_unknown_one_does_not() {
    check(
        "code OFF 10% active no => OFF, used 0
         open 1 code OFF key 1 => ! the code is not in use any more
         open 1 code OFF key 1 => answered before
         open 1 code LATER key 2 => ! no such promotion code
         code LATER 10% => LATER, used 0
         open 1 code LATER key 2 => opened 1 created",
    );
}

#[test]
fn a_code_is_made_once_and_set_as_often_as_one_likes() {
    check(
        "code SPRING 10% key 1 => SPRING, used 0
         code SPRING 10% key 1 => answered before
         code SPRING 20% key 2 => ! there is a promotion code SPRING already
         set NOPE active no => ! no such promotion code
         set SPRING active no => SPRING, used 0
         open 1 code SPRING => ! the code is not in use any more",
    );
}

#[test]
fn a_limit_below_what_was_used_stops_further_uses_and_takes_none_back() {
    check(
        "code SPRING 10% => SPRING, used 0
         open 1 shop one code SPRING => opened 1 created
         open 2 shop two code SPRING => opened 2 created
         set SPRING total 1 => SPRING, used 2
         open 3 shop three code SPRING => ! the code can be used 1 times in all and was used 2 times
         tell 1 paid => granted 1050 1 paid
           entry grant 1050 balance 1050 available 1050 lots n1+1000 n2+50",
    );
}

#[test]
fn credits_that_a_code_adds_come_and_go_with_their_purchase() {
    check(
        "code EXTRA +100 => EXTRA, used 0
         open 1 code EXTRA bonus 150 => opened 1 created
         tell 1 paid => granted 1150 1 paid
           entry grant 1150 balance 1150 available 1150 lots n1+1000 n2+150
         tell 1 refund a 500 succeeded => settled 1 paid
           entry clawback -575 balance 575 available 575 lots n2-150 n1-425
         tell 1 refund b 500 succeeded => settled 1 refunded
           entry clawback -575 balance 0 available 0 lots n1-575",
    );
}

#[test]
fn each_promotional_grant_is_a_lot_with_an_end_and_a_turn_of_its_own() {
    check(
        "lot a purchase 10 ends 2026-04-01
         promote 5 ends 2026-06-01 priority -1 => 15 available
           entry grant 5 balance 15 available 15 lots n1+5
         promote 7 ends 2026-05-01 => 22 available
           entry grant 7 balance 22 available 22 lots n2+7
         promote 1 priority 1 ends 2026-03-02 => 23 available
           entry grant 1 balance 23 available 23 lots n3+1
         lots n1 5, a 10, n2 7, n3 1
         promote 0 => ! an adjustment moves more than nothing and at most 10000000 credits
         promote 10000000.000001 => ! an adjustment moves more than nothing and at most 10000000 credits
         promote 1 ends 2026-03-01T12:00:00Z => ! the end of a lot lies after its grant",
    );
}

#[test]
fn a_promotional_grant_ends_a_calendar_year_on_unless_it_says_otherwise() {
    check(
        "promote 5 => 5 available
           entry grant 5 balance 5 available 5 lots n1+5
         now 2027-03-01T11:59:59.999999Z
         available 5
         now 2027-03-01T12:00:00Z
         available 0",
    );
}

#[test]
fn a_promotional_grant_pays_what_is_owed_first() {
    check(
        "configure overdraft 9 => configured
         lot a adjustment 1 ends 2026-04-01
         hold h 1 => active, 1 held, 0 available
           entry hold 0 held +1 balance 1 available 0 lots a(+1)
         capture h 4 => charged 4, captured, 0 held, 0 available
           entry capture -1 held -1 debt +3 balance 0 available 0 lots a-1(-1)
         promote 10 => 7 available
           entry grant 10 balance 10 available 10 lots n1+10
           entry debt_payment -3 debt -3 balance 7 available 7 lots n1-3",
    );
}
