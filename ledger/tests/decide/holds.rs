//! Holds: credits set aside in their lots, for so long, and given back.

use super::table::check;

#[test]
fn a_hold_sets_credits_aside_in_burn_order_and_takes_none() {
    check(
        "lot a purchase 5 ends 2026-04-01
         lot b purchase 5 ends 2026-03-15
         hold h1 7 of backtesting/small => active, 7 held, 3 available
           entry hold 0 held +7 balance 10 available 3 lots b(+5) a(+2)
         holds h1 active credits 7 captured 0 in b 5, a 2 ends 2026-03-01T13:00:00Z
         used backtesting/small 2026-03-01 held 7
         lots b 5, a 5
         hold h2 3.000001 => ! 3.000001 credits are needed and 3 are available
         hold h2 3 => active, 3 held, 0 available
           entry hold 0 held +3 balance 10 available 0 lots a(+3)
         release h1 => released, 0 held, 7 available
           entry release 0 held -7 balance 10 available 7 lots b(-5) a(-2)
         used backtesting/small 2026-03-01 nothing
         holds h1 released credits 7 captured 0 in none ends 2026-03-01T13:00:00Z",
    );
}

#[test]
fn a_hold_lasts_one_second_to_one_day() {
    let refused = "! a hold lasts 1 to 86400 seconds";
    check(&format!(
        "lot a purchase 5 ends 2026-04-01
         hold h1 1 ttl 0 => {refused}
         hold h1 1 ttl -1 => {refused}
         hold h1 1 ttl 86401 => {refused}
         hold h1 1 ttl 1 => active, 1 held, 4 available
           entry hold 0 held +1 balance 5 available 4 lots a(+1)
         holds h1 active credits 1 captured 0 in a 1 ends 2026-03-01T12:00:01Z
         hold h2 1 ttl 86400 => active, 1 held, 3 available
           entry hold 0 held +1 balance 5 available 3 lots a(+1)
         holds h2 active credits 1 captured 0 in a 1 ends 2026-03-02T12:00:00Z
         change h1 ttl 0 => {refused}
         change h1 ttl 86401 => {refused}
         change h1 ttl 86400 => active, 1 held, 3 available
         holds h1 active credits 1 captured 0 in a 1 ends 2026-03-02T12:00:00Z"
    ));
}

#[test]
fn a_hold_holds_until_the_microsecond_before_its_end() {
    check(
        "lot a purchase 5 ends 2026-04-01
         hold h1 2 ttl 60 => active, 2 held, 3 available
           entry hold 0 held +2 balance 5 available 3 lots a(+2)
         now 2026-03-01T12:00:59.999999Z
         available 3
         debit r1 3.000001 => ! 3.000001 credits are needed and 3 are available
         change h1 credits 1 => active, 1 held, 4 available
           entry hold 0 held -1 balance 5 available 4 lots a(-1)
         now 2026-03-01T12:01:00Z
         available 5
         release h1 => ! the hold has ended: expired, captured 0 of 1
         debit r1 5 => debited 4
           entry release 0 held -1 balance 5 available 5 lots a(-1)
           entry debit -5 balance 0 available 0 lots a-5
         holds h1 expired credits 1 captured 0 in none ends 2026-03-01T12:01:00Z",
    );
}

#[test]
fn a_late_booking_changes_no_balance_anyone_could_have_seen() {
    check(
        "lot a purchase 5 ends 2026-03-01T12:30:00Z
         lot b purchase 5 ends 2026-04-01
         hold h1 6 ttl 3600 => active, 6 held, 4 available
           entry hold 0 held +6 balance 10 available 4 lots a(+5) b(+1)
         hold h2 2 ttl 1800 => active, 2 held, 2 available
           entry hold 0 held +2 balance 10 available 2 lots b(+2)
         now 2026-03-01T12:29:59Z
         available 2
         now 2026-03-01T12:30:00Z
         available 4
         now 2026-03-01T12:59:59Z
         available 4
         now 2026-03-01T13:00:00Z
         available 5
         now 2026-03-07
         available 5
         book due => booked
           entry release 0 held -2 balance 10 available 5 lots b(-2)
           entry release 0 held -6 balance 10 available 5 lots a(-5) b(-1)
           entry expiry -5 balance 5 available 5 lots a-5
         available 5
         book due => booked",
    );
}

#[test]
fn a_hold_shields_its_part_of_an_ended_lot_and_only_that() {
    check(
        "lot a purchase 10 ends 2026-03-01T12:30:00Z
         hold h1 4 => active, 4 held, 6 available
           entry hold 0 held +4 balance 10 available 6 lots a(+4)
         now 2026-03-01T12:30:00Z
         book due => booked
           entry expiry -6 balance 4 available 0 lots a-6
         book due => booked
         capture h1 3 finality partial => charged 3, active, 1 held, 0 available
           entry capture -3 held -3 balance 1 available 0 lots a-3(-3)
         release h1 => released, 0 held, 0 available
           entry release 0 held -1 balance 1 available 0 lots a(-1)
           entry expiry -1 balance 0 available 0 lots a-1
         lots none",
    );
}

#[test]
fn what_is_returned_to_an_ended_lot_is_forfeited_at_once_with_its_own_entry() {
    check(
        "lot a purchase 10 ends 2026-03-01T12:30:00Z
         lot b purchase 10 ends 2026-04-01
         hold h1 12 => active, 12 held, 8 available
           entry hold 0 held +12 balance 20 available 8 lots a(+10) b(+2)
         now 2026-03-01T12:30:00Z
         change h1 credits 11 => active, 11 held, 9 available      # the part that lives longest
           entry hold 0 held -1 balance 20 available 9 lots b(-1)
         change h1 credits 8 => active, 8 held, 10 available
           entry hold 0 held -3 balance 20 available 10 lots b(-1) a(-2)
           entry expiry -2 balance 18 available 10 lots a-2
         capture h1 5 => charged 5, captured, 0 held, 10 available
           entry capture -5 held -8 balance 13 available 10 lots a-5(-8)
           entry expiry -3 balance 10 available 10 lots a-3",
    );
}

#[test]
fn a_hold_is_extended_from_now_and_may_be_shortened() {
    check(
        "lot a purchase 5 ends 2026-04-01
         hold h1 2 ttl 3600 => active, 2 held, 3 available
           entry hold 0 held +2 balance 5 available 3 lots a(+2)
         now 2026-03-01T12:30:00Z
         change h1 ttl 3600 => active, 2 held, 3 available
         holds h1 active credits 2 captured 0 in a 2 ends 2026-03-01T13:30:00Z
         now 2026-03-01T13:00:00Z                          # its first end says nothing any more
         book due => booked
         available 3
         change h1 ttl 1 => active, 2 held, 3 available
         now 2026-03-01T13:00:01Z
         available 5
         change h1 ttl 60 => ! the hold has ended: expired, captured 0 of 2
         book due => booked
           entry release 0 held -2 balance 5 available 5 lots a(-2)",
    );
}

#[test]
fn a_hold_grows_by_what_is_available_and_not_a_micro_credit_more() {
    check(
        "lot a purchase 5 ends 2026-04-01
         lot b purchase 5 ends 2026-05-01
         hold h1 4 => active, 4 held, 6 available
           entry hold 0 held +4 balance 10 available 6 lots a(+4)
         change h1 credits 10.000001 => ! 6.000001 credits are needed and 6 are available
         change h1 ttl 86400 credits 10.000001 => ! 6.000001 credits are needed and 6 are available
         holds h1 active credits 4 captured 0 in a 4 ends 2026-03-01T13:00:00Z
         change h1 credits 10 ttl 60 => active, 10 held, 0 available
           entry hold 0 held +6 balance 10 available 0 lots a(+1) b(+5)
         holds h1 active credits 10 captured 0 in a 5, b 5 ends 2026-03-01T12:01:00Z
         change h1 credits 3 => active, 3 held, 7 available
           entry hold 0 held -7 balance 10 available 7 lots b(-5) a(-2)
         change h1 credits 3 => active, 3 held, 7 available
         change h1 credits 0 => active, 0 held, 10 available
           entry hold 0 held -3 balance 10 available 10 lots a(-3)
         holds h1 active credits 0 captured 0 in none ends 2026-03-01T12:01:00Z
         change h1 credits 1 => active, 1 held, 9 available
           entry hold 0 held +1 balance 10 available 9 lots a(+1)",
    );
}

#[test]
fn a_resized_hold_sets_that_much_aside_from_now_on_whatever_was_captured() {
    check(
        "lot a purchase 20 ends 2026-04-01
         hold h1 10 => active, 10 held, 10 available
           entry hold 0 held +10 balance 20 available 10 lots a(+10)
         capture h1 4 finality partial => charged 4, active, 6 held, 10 available
           entry capture -4 held -4 balance 16 available 10 lots a-4(-4)
         change h1 credits 8 => active, 8 held, 8 available
           entry hold 0 held +2 balance 16 available 8 lots a(+2)
         holds h1 active credits 12 captured 4 in a 8 ends 2026-03-01T13:00:00Z",
    );
}

#[test]
fn a_hold_that_grew_is_still_used_in_burn_order() {
    check(
        "lot b purchase 5 ends 2026-05-01
         hold h1 5 => active, 5 held, 0 available
           entry hold 0 held +5 balance 5 available 0 lots b(+5)
         adjust +5 ends 2026-04-01 => 5 available
           entry adjustment 5 balance 10 available 5 lots n1+5
         change h1 credits 8 => active, 8 held, 2 available
           entry hold 0 held +3 balance 10 available 2 lots n1(+3)
         holds h1 active credits 8 captured 0 in n1 3, b 5 ends 2026-03-01T13:00:00Z
         capture h1 4 finality partial => charged 4, active, 4 held, 2 available
           entry capture -4 held -4 balance 6 available 2 lots n1-3(-3) b-1(-1)
         change h1 credits 3 => active, 3 held, 3 available
           entry hold 0 held -1 balance 6 available 3 lots b(-1)",
    );
}

#[test]
fn the_soonest_hold_is_never_overlooked() {
    check(
        "lot a purchase 10 ends 2026-04-01
         hold h1 1 ttl 600 => active, 1 held, 9 available
           entry hold 0 held +1 balance 10 available 9 lots a(+1)
         hold h2 2 ttl 60 => active, 2 held, 7 available
           entry hold 0 held +2 balance 10 available 7 lots a(+2)
         hold h3 3 ttl 300 => active, 3 held, 4 available
           entry hold 0 held +3 balance 10 available 4 lots a(+3)
         release h2 => released, 0 held, 6 available
           entry release 0 held -2 balance 10 available 6 lots a(-2)
         now 2026-03-01T12:01:00Z
         book due => booked
         now 2026-03-01T12:05:00Z
         book due => booked
           entry release 0 held -3 balance 10 available 9 lots a(-3)
         now 2026-03-01T12:10:00Z
         debit r1 10 => debited 7
           entry release 0 held -1 balance 10 available 10 lots a(-1)
           entry debit -10 balance 0 available 0 lots a-10",
    );
}

#[test]
fn a_hold_is_repeated_by_its_key_and_refused_by_its_reference() {
    check(
        "lot a purchase 10 ends 2026-04-01
         hold h1 1 key 1 => active, 1 held, 9 available
           entry hold 0 held +1 balance 10 available 9 lots a(+1)
         hold h1 1 key 1 => answered before
         hold h1 1 key 2 => ! the reference was used before
         release h1 key 3 => released, 0 held, 10 available
           entry release 0 held -1 balance 10 available 10 lots a(-1)
         release h1 key 3 => answered before
         release h1 key 4 => ! the hold has ended: released, captured 0 of 1
         hold h1 1 key 1 => answered before
         hold h1 1 key 5 => ! the reference was used before
         release h9 key 6 => ! no such hold
         hold h9 1 key 6 => active, 1 held, 9 available      # what does not exist uses up no key
           entry hold 0 held +1 balance 10 available 9 lots a(+1)",
    );
}
