//! Auto-recharge in the ledger: when it is looked at, what it opens, and what ends it.

use super::table::check;

#[test]
fn a_debit_that_takes_an_account_below_its_threshold_makes_it_due() {
    check(
        "lot a adjustment 150 ends 2026-12-01
         debit r0 10 => debited 1
           entry debit -10 balance 140 available 140 lots a-10
         watch none
         recharge below 100 buy 500 cap 5000 => recharge on, no card
         watch none
         card a 2026-02-01 => recharge on, pm_a
         watch below 100 due 2026-12-01T00:00:00Z
         debit r1 40 => debited 2
           entry debit -40 balance 100 available 100 lots a-40
         watch below 100 due 2026-12-01T00:00:00Z
         hold h1 1 => active, 1 held, 99 available
           entry hold 0 held +1 balance 100 available 99 lots a(+1)
         watch below 100 due 2026-03-01T12:00:00Z
         release h1 => released, 0 held, 100 available
           entry release 0 held -1 balance 100 available 100 lots a(-1)
         watch below 100 due 2026-12-01T00:00:00Z
         debits r2 1, r3 1 => debited 5; debited 6
           entry debit -1 balance 99 available 99 lots a-1
           entry debit -1 balance 98 available 98 lots a-1
         watch below 100 due 2026-03-01T12:00:00Z
         now 2026-03-01T13:00:00Z
         debit r4 1 => debited 7
           entry debit -1 balance 97 available 97 lots a-1
         watch below 100 due 2026-03-01T12:00:00Z
         recharge off => recharge off, pm_a
         watch none",
    );
}

#[test]
fn what_ends_is_looked_at_when_it_ends() {
    check(
        "lot a adjustment 50 ends 2026-04-01
         lot b adjustment 80 ends 2026-05-01
         recharge below 100 buy 500 cap 5000 => recharge on, no card
         card a 2026-02-01 => recharge on, pm_a
         watch below 100 due 2026-04-01T00:00:00Z
         attempt 1 => waits EnoughIsAvailable
         now 2026-04-01T00:00:00Z
         attempt 1 => recharging 1 created",
    );
}

#[test]
fn a_payment_with_the_saved_card_grants_once() {
    check(
        "recharge below 100 up-to 600 cap 5000 => recharge on, no card
         card a 2026-02-01 => recharge on, pm_a
         attempt 1 => recharging 1 created
         progress 1 attempts, 0 failures, spent 0
         watch none
         attempt 2 => waits UnderWay
         tell 1 payment charge paid => settled 1 awaitingfunds
         tell 1 payment paid 600 => granted 600 1 paid
           entry grant 600 balance 600 available 600 lots n1+600
         told paid 600
         tell 1 payment paid 600 => settled 1 paid
         tell 1 payment declined lost_card => settled 1 paid
         progress 1 attempts, 0 failures, spent 600
         watch below 100 due 2027-03-01T12:00:00Z",
    );
}

#[test]
fn a_payment_of_another_amount_is_for_a_person_to_see() {
    check(
        "recharge below 100 buy 500 cap 5000 => recharge on, no card
         card a 2026-02-01 => recharge on, pm_a
         attempt 1 => recharging 1 created
         tell 1 payment paid 499 => settled 1 review
         attempt 2 => waits UnderWay
         progress 1 attempts, 0 failures, spent 0
         accept 1 => granted 500 1 paid
           entry grant 500 balance 500 available 500 lots n1+500
         progress 1 attempts, 0 failures, spent 500
         attempt 2 => waits EnoughIsAvailable",
    );
}

#[test]
fn a_payment_that_a_person_rejects_keeps_no_recharge_waiting() {
    check(
        "recharge below 100 buy 500 cap 5000 => recharge on, no card
         card a 2026-02-01 => recharge on, pm_a
         attempt 1 => recharging 1 created
         tell 1 payment paid 499 => settled 1 review
         reject 1 => settled 1 failed
         attempt 2 => recharging 2 created
         tell 1 refund a 499 succeeded => settled 1 refunded
         progress 2 attempts, 0 failures, spent 0, PaymentReversed",
    );
}

#[test]
fn who_takes_all_of_a_payment_back_is_charged_again_only_with_a_card_saved_anew() {
    check(
        "recharge below 100 buy 500 cap 5000 => recharge on, no card
         card a 2026-02-01 => recharge on, pm_a
         attempt 1 => recharging 1 created
         tell 1 payment paid 500 => granted 500 1 paid
           entry grant 500 balance 500 available 500 lots n1+500
         tell 1 dispute d 500 open => settled 1 disputed
           entry freeze 0 frozen +500 balance 500 available 0 lots n1[+500]
         told disputed 500; low 0 of 100; suspended PaymentReversed
         attempt 2 => waits Suspended(PaymentReversed)
         tell 1 dispute d 500 won => settled 1 paid
           entry thaw 0 frozen -500 balance 500 available 500 lots n1[-500]
         told undisputed 500; recovered 500 of 100
         progress 1 attempts, 0 failures, spent 500, PaymentReversed
         card b 2026-03-01 => recharge on, pm_b
         tell 1 refund a 500 succeeded => settled 1 refunded
           entry clawback -500 balance 0 available 0 lots n1-500
         attempt 2 => recharging 2 created",
    );
}

#[test]
fn a_payment_intent_grants_nothing_that_is_bought_on_a_pay_page() {
    check(
        "open 1 => opened 1 created
         tell 1 payment paid 1000 => settled 1 created",
    );
}

#[test]
fn what_was_recharged_is_given_back_and_disputed_like_all_else() {
    check(
        "recharge below 100 buy 500 cap 5000 => recharge on, no card
         card a 2026-02-01 => recharge on, pm_a
         attempt 1 => recharging 1 created
         tell 1 payment paid 500 => granted 500 1 paid
           entry grant 500 balance 500 available 500 lots n1+500
         tell 1 refund a 100 succeeded => settled 1 paid
           entry clawback -100 balance 400 available 400 lots n1-100
         watch below 100 due 2027-03-01T12:00:00Z
         tell 1 dispute d 400 open => settled 1 disputed
           entry freeze 0 frozen +400 balance 400 available 0 lots n1[+400]
         watch none
         tell 1 dispute d 400 lost => settled 1 refunded
           entry thaw 0 frozen -400 balance 400 available 400 lots n1[-400]
           entry clawback -400 balance 0 available 0 lots n1-400
         progress 1 attempts, 0 failures, spent 500, PaymentReversed",
    );
}

#[test]
fn a_declined_card_rests_and_is_left_alone_in_the_end() {
    check(
        "recharge below 100 buy 500 cap 5000 => recharge on, no card
         card a 2026-02-01 => recharge on, pm_a
         attempt 1 => recharging 1 created
         tell 1 payment declined generic_decline => settled 1 failed
         tell 1 payment declined generic_decline => settled 1 failed
         watch due 2026-03-01T13:00:00Z
         attempt 2 => waits: pausing until 2026-03-01T13:00:00Z
         now 2026-03-01T13:00:00Z
         attempt 2 => recharging 2 created
         tell 2 payment declined generic_decline => settled 2 failed
         tell 1 payment declined generic_decline => settled 1 failed
         now 2026-03-02T13:00:00Z
         attempt 3 => recharging 3 created
         tell 3 payment declined generic_decline => settled 3 failed
         progress 3 attempts, 3 failures, spent 0, TooManyFailures
         watch none
         card b 2026-03-02 => recharge on, pm_b
         watch below 100 due 2026-03-02T13:00:00Z
         lost b => recharge on, no card
         lost b => ! no such card
         watch none",
    );
}

#[test]
fn success_has_the_last_word_on_a_payment_that_had_failed() {
    check(
        "recharge below 100 buy 500 cap 5000 => recharge on, no card
         card a 2026-02-01 => recharge on, pm_a
         attempt 1 => recharging 1 created
         tell 1 payment declined lost_card => settled 1 failed
         progress 1 attempts, 1 failures, spent 0, CardRefused
         tell 1 payment paid 500 => granted 500 1 paid
           entry grant 500 balance 500 available 500 lots n1+500
         progress 1 attempts, 0 failures, spent 500",
    );
}

#[test]
fn what_its_owner_has_to_confirm_is_paid_on_a_pay_page() {
    check(
        "recharge below 100 buy 1000 cap 5000 => recharge on, no card
         card a 2026-02-01 => recharge on, pm_a
         attempt 1 => recharging 1 created
         tell 1 payment declined authentication_required => settled 1 created
         tell 1 payment declined authentication_required => settled 1 created
         progress 1 attempts, 1 failures, spent 0
         attempt 2 => waits NeedsAuthentication
         record 1 => recorded 1 open
         tell 1 open => settled 1 open
         tell 1 payment declined authentication_required => settled 1 open
         tell 1 paid => granted 1000 1 paid
           entry grant 1000 balance 1000 available 1000 lots n1+1000
         tell 1 payment paid 1000 => settled 1 paid
         progress 1 attempts, 0 failures, spent 1000",
    );
}

#[test]
fn what_nobody_confirms_is_given_up() {
    check(
        "recharge below 100 buy 1000 cap 5000 => recharge on, no card
         card a 2026-02-01 => recharge on, pm_a
         attempt 1 => recharging 1 created
         tell 1 payment declined authentication_required => settled 1 created
         record 1 => recorded 1 open
         tell 1 expired => settled 1 expired
         tell 1 payment declined authentication_required => settled 1 expired
         progress 1 attempts, 1 failures, spent 0
         watch due 2026-03-01T13:00:00Z
         now 2026-03-01T13:00:00Z
         attempt 2 => recharging 2 created
         tell 2 payment declined authentication_required => settled 2 created
         abandon 2 => abandoned 2 failed
         watch due 2026-03-02T13:00:00Z
         now 2026-03-02T13:00:00Z
         attempt 3 => recharging 3 created
         tell 3 payment declined authentication_required => settled 3 failed
         progress 3 attempts, 3 failures, spent 0, TooManyFailures
         tell 3 payment declined authentication_required => settled 3 failed",
    );
}

#[test]
fn what_stripe_never_came_to_is_no_decline_and_what_it_refuses_is() {
    check(
        "recharge below 100 buy 500 cap 5000 => recharge on, no card
         card a 2026-02-01 => recharge on, pm_a
         attempt 1 => recharging 1 created
         abandon 1 => abandoned 1 failed
         progress 1 attempts, 0 failures, spent 0
         watch below 100 due 2026-03-01T12:00:00Z
         attempt 2 => recharging 2 created
         refuse 2 resource_missing => abandoned 2 failed
         refuse 2 resource_missing => ! the purchase cannot be paid any more
         progress 2 attempts, 1 failures, spent 0, CardRefused",
    );
}

#[test]
fn the_cap_is_waited_out_and_can_be_raised() {
    check(
        "recharge below 1000 buy 500 cap 700 => recharge on, no card
         card a 2026-02-01 => recharge on, pm_a
         attempt 1 => recharging 1 created
         tell 1 payment paid 500 => granted 500 1 paid
           entry grant 500 balance 500 available 500 lots n1+500
         watch below 1000 due 2026-03-01T12:00:00Z
         attempt 2 => waits: cap until 2026-04-01T00:00:00Z
         watch due 2026-04-01T00:00:00Z
         debit r1 1 => debited 2
           entry debit -1 balance 499 available 499 lots n1-1
         watch due 2026-04-01T00:00:00Z
         recharge below 1000 buy 500 cap 1000 => recharge on, pm_a
         watch below 1000 due 2026-03-01T12:00:00Z
         attempt 2 => recharging 2 created",
    );
}

#[test]
fn settings_that_make_no_sense_are_refused() {
    check(
        "recharge below 0 buy 500 cap 5000 => ! the threshold is more than nothing
         recharge below 100 buy 0 cap 5000 => ! the fixed amount is more than nothing
         recharge below 100 up-to 100 cap 5000 => ! the target lies above the threshold
         recharge below 100 up-to 200 cap 0 => ! the cap is more than nothing",
    );
}

#[test]
fn what_keeps_it_from_buying_is_told_once() {
    check(
        "recharge below 100 buy 500 cap 550 => recharge on, no card
         card a 2026-02-01 => recharge on, pm_a
         told nothing
         attempt 1 => recharging 1 created
         tell 1 payment declined generic_decline => settled 1 failed
         told declined generic_decline
         tell 1 payment declined generic_decline => settled 1 failed
         told nothing
         now 2026-03-01T13:00:00Z
         attempt 2 => recharging 2 created
         told nothing
         tell 2 payment paid 500 => granted 500 2 paid
           entry grant 500 balance 500 available 500 lots n1+500
         told paid 500; cap 90
         debit r1 450 => debited 2
           entry debit -450 balance 50 available 50 lots n1-450
         told low 50 of 100
         attempt 3 => waits: cap until 2026-04-01T00:00:00Z
         told cap 100
         attempt 3 => waits: cap until 2026-04-01T00:00:00Z
         told nothing",
    );
}

#[test]
fn a_card_that_is_refused_and_one_that_has_to_be_confirmed_are_told_of() {
    check(
        "recharge below 100 buy 500 cap 5000 => recharge on, no card
         card a 2026-02-01 => recharge on, pm_a
         attempt 1 => recharging 1 created
         tell 1 payment declined authentication_required => settled 1 created
         told to be confirmed
         tell 1 payment declined authentication_required => settled 1 created
         told nothing
         card b 2026-03-01 => recharge on, pm_b
         told nothing
         tell 1 expired => settled 1 expired
         attempt 2 => recharging 2 created
         tell 2 payment declined stolen_card => settled 2 failed
         told declined stolen_card; suspended CardRefused
         lost b => recharge on, no card
         told suspended CardRemoved",
    );
}
