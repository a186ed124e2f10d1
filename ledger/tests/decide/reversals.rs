//! Money that goes back to the buyer takes its credits with it: what is left of them out of their own
//! lots, what was used as debt, what had expired as nothing.

use super::table::check;

#[test]
fn refunds_are_cumulative_and_take_their_share_rounded_down() {
    check(
        "open 1 bonus 0 => opened 1 created
         tell 1 paid => granted 1000 1 paid
           entry grant 1000 balance 1000 available 1000 lots n1+1000
         tell 1 refund a 1 pending => settled 1 paid
         tell 1 refund a 1 succeeded => settled 1 paid
           entry clawback -1 balance 999 available 999 lots n1-1
         tell 1 refund a 1 succeeded => settled 1 paid
         tell 1 refund b 499 succeeded => settled 1 paid
           entry clawback -499 balance 500 available 500 lots n1-499
         tell 1 refund c 500 succeeded => settled 1 refunded
           entry clawback -500 balance 0 available 0 lots n1-500
         tell 1 refund d 500 succeeded => settled 1 refunded",
    );
}

#[test]
fn the_bonus_goes_with_what_was_bought() {
    check(
        "open 1 => opened 1 created
         tell 1 paid => granted 1050 1 paid
           entry grant 1050 balance 1050 available 1050 lots n1+1000 n2+50
         tell 1 refund a 1000 succeeded => settled 1 refunded
           entry clawback -1050 balance 0 available 0 lots n2-50 n1-1000",
    );
}

#[test]
fn what_was_used_is_owed_and_the_next_grant_pays_it() {
    check(
        "lot a adjustment 5 ends 2026-12-01
         open 1 bonus 0 => opened 1 created
         tell 1 paid => granted 1000 1 paid
           entry grant 1000 balance 1005 available 1005 lots n1+1000
         debit r1 905 => debited 2
           entry debit -905 balance 100 available 100 lots a-5 n1-900
         tell 1 refund a 1000 succeeded => settled 1 refunded
           entry clawback -100 debt +900 balance 0 available 0 lots n1-100
         adjust 1000 => 100 available
           entry adjustment 1000 balance 1000 available 1000 lots n2+1000
           entry debt_payment -900 debt -900 balance 100 available 100 lots n2-900
         debt 0",
    );
}

#[test]
fn never_is_anything_taken_out_of_a_live_hold() {
    check(
        "open 1 bonus 0 => opened 1 created
         tell 1 paid => granted 1000 1 paid
           entry grant 1000 balance 1000 available 1000 lots n1+1000
         hold h1 700 => active, 700 held, 300 available
           entry hold 0 held +700 balance 1000 available 300 lots n1(+700)
         tell 1 refund a 1000 succeeded => settled 1 refunded
           entry clawback -300 debt +700 balance 700 available 0 lots n1-300
         capture h1 700 => charged 700, captured, 0 held, 0 available
           entry capture -700 held -700 balance 0 available 0 lots n1-700(-700)
         debt 700",
    );
}

#[test]
fn what_had_expired_is_nothing_to_anybody() {
    check(
        "open 1 bonus 0 => opened 1 created
         tell 1 paid => granted 1000 1 paid
           entry grant 1000 balance 1000 available 1000 lots n1+1000
         debit r1 400 => debited 2
           entry debit -400 balance 600 available 600 lots n1-400
         now 2027-03-01T12:00:00Z
         tell 1 refund a 500 succeeded => settled 1 paid
           entry expiry -600 balance 0 available 0 lots n1-600
         tell 1 refund b 500 succeeded => settled 1 refunded
           entry clawback 0 debt +400 balance 0 available 0 lots none",
    );
}

#[test]
fn a_refund_that_fails_gives_back_exactly_what_it_took() {
    check(
        "open 1 bonus 0 => opened 1 created
         tell 1 paid => granted 1000 1 paid
           entry grant 1000 balance 1000 available 1000 lots n1+1000
         debit r1 900 => debited 2
           entry debit -900 balance 100 available 100 lots n1-900
         tell 1 refund a 500 succeeded => settled 1 paid
           entry clawback -100 debt +400 balance 0 available 0 lots n1-100
         tell 1 refund a 500 failed => settled 1 paid
           entry clawback 100 debt -400 balance 100 available 100 lots n1+100
         debt 0",
    );
}

#[test]
fn a_debt_that_was_paid_before_the_refund_failed_comes_back_as_credits() {
    check(
        "open 1 bonus 0 => opened 1 created
         tell 1 paid => granted 1000 1 paid
           entry grant 1000 balance 1000 available 1000 lots n1+1000
         debit r1 1000 => debited 2
           entry debit -1000 balance 0 available 0 lots n1-1000
         tell 1 refund a 1000 succeeded => settled 1 refunded
           entry clawback 0 debt +1000 balance 0 available 0 lots none
         adjust 300 => 0 available
           entry adjustment 300 balance 300 available 300 lots n2+300
           entry debt_payment -300 debt -300 balance 0 available 0 lots n2-300
         tell 1 refund a 1000 failed => settled 1 paid
           entry clawback 300 debt -700 balance 300 available 300 lots n3+300",
    );
}

#[test]
fn a_dispute_freezes_until_the_bank_has_decided() {
    check(
        "open 1 bonus 0 => opened 1 created
         tell 1 paid => granted 1000 1 paid
           entry grant 1000 balance 1000 available 1000 lots n1+1000
         tell 1 dispute a 1000 inquiry => settled 1 paid
         debit r1 100 => debited 2
           entry debit -100 balance 900 available 900 lots n1-100
         tell 1 dispute a 600 open => settled 1 disputed
           entry freeze 0 frozen +600 balance 900 available 300 lots n1[+600]
         debit r2 301 => ! 301 credits are needed and 300 are available
         tell 1 dispute a 600 review => settled 1 disputed
         tell 1 dispute a 600 won => settled 1 paid
           entry thaw 0 frozen -600 balance 900 available 900 lots n1[-600]",
    );
}

#[test]
fn a_lost_dispute_takes_what_was_frozen() {
    check(
        "open 1 bonus 0 => opened 1 created
         tell 1 paid => granted 1000 1 paid
           entry grant 1000 balance 1000 available 1000 lots n1+1000
         tell 1 refund r 250 succeeded => settled 1 paid
           entry clawback -250 balance 750 available 750 lots n1-250
         tell 1 dispute a 1000 open => settled 1 disputed
           entry freeze 0 frozen +750 balance 750 available 0 lots n1[+750]
         tell 1 dispute a 1000 lost => settled 1 refunded
           entry thaw 0 frozen -750 balance 750 available 750 lots n1[-750]
           entry clawback -750 balance 0 available 0 lots n1-750",
    );
}

#[test]
fn frozen_credits_outlive_their_lot_until_they_thaw() {
    check(
        "open 1 bonus 0 => opened 1 created
         tell 1 paid => granted 1000 1 paid
           entry grant 1000 balance 1000 available 1000 lots n1+1000
         tell 1 dispute a 400 open => settled 1 disputed
           entry freeze 0 frozen +400 balance 1000 available 600 lots n1[+400]
         now 2027-03-01T12:00:00Z
         book due => booked
           entry expiry -600 balance 400 available 0 lots n1-600
         tell 1 dispute a 400 won => settled 1 paid
           entry thaw 0 frozen -400 balance 400 available 0 lots n1[-400]
           entry expiry -400 balance 0 available 0 lots n1-400",
    );
}

#[test]
fn a_refund_that_is_told_before_the_payment_comes_to_the_same() {
    check(
        "open 1 bonus 0 => opened 1 created
         tell 1 refund a 500 succeeded => settled 1 created
         tell 1 paid => granted 1000 1 paid
           entry grant 1000 balance 1000 available 1000 lots n1+1000
           entry clawback -500 balance 500 available 500 lots n1-500",
    );
}
