//! The policy, one promise a table.

use super::table::check;

#[test]
fn it_is_off_until_it_is_set() {
    check(
        "card a 2026-02-01
         at 0 => wait: Off
         watch => none
         set below 100 buy 500 cap 1000
         at 0 => try 500 for 500
         set off
         at 0 => wait: Off
         watch => none",
    );
}

#[test]
fn it_tries_below_the_threshold_and_not_at_it() {
    check(
        "set below 100 buy 500 cap 1000
         at 0 => wait: NoCard
         watch => none
         card a 2026-02-01
         watch => below 100
         at 100 => wait: EnoughIsAvailable
         at 99.999999 => try 500 for 500",
    );
}

#[test]
fn a_target_is_reached_with_whole_credits_within_what_is_sold() {
    check(
        "card a 2026-02-01
         set below 100 up-to 600 cap 5000
         at 99 => try 501 for 501
         at 98.5 => try 502 for 502
         set below 100 up-to 105 cap 5000
         at 99 => try 10 for 10
         set below 100 up-to 4000 cap 5000
         at 0 => try 2000 for 2000",
    );
}

#[test]
fn one_attempt_at_a_time_and_it_is_counted_before_it_is_made() {
    check(
        "card a 2026-02-01
         set below 100 buy 500 cap 5000
         try 1
         state => 1 attempts, 0 failures, spent 0
         at 0 => wait: UnderWay
         watch => none
         paid 1 500
         state => 1 attempts, 0 failures, spent 500
         at 0 => try 500 for 500
         watch => below 100",
    );
}

#[test]
fn after_a_failure_the_card_rests_and_after_three_it_is_left_alone_until_changed() {
    check(
        "card a 2026-02-01
         set below 100 buy 500 cap 5000
         try 1
         declined 1 generic_decline
         watch => due 2026-03-01T13:00:00Z
         now 2026-03-01T12:59:59Z
         at 0 => wait: pausing until 2026-03-01T13:00:00Z
         now 2026-03-01T13:00:00Z
         watch => below 100
         at 0 => try 500 for 500
         try 2
         declined 2 insufficient_funds try_again_later
         at 0 => wait: pausing until 2026-03-02T13:00:00Z
         now 2026-03-02T13:00:00Z
         try 3
         declined 3 insufficient_funds
         state => 3 attempts, 3 failures, spent 0
         watch => none
         now 2027-03-02T13:00:00Z
         at 0 => wait: Suspended(TooManyFailures)
         set below 100 buy 400 cap 5000
         at 0 => wait: Suspended(TooManyFailures)
         card a 2026-02-01            # the same card told again
         at 0 => wait: Suspended(TooManyFailures)
         card b 2027-03-02
         at 0 => try 400 for 400
         state => 3 attempts, 0 failures, spent 0",
    );
}

#[test]
fn a_success_ends_the_row_of_failures() {
    check(
        "card a 2026-02-01
         set below 100 buy 500 cap 5000
         try 1
         declined 1 generic_decline
         now 2026-03-01T13:00:00Z
         try 2
         declined 2 generic_decline
         now 2026-03-02T13:00:00Z
         try 3
         paid 3 500
         state => 3 attempts, 0 failures, spent 500
         try 4
         declined 4 generic_decline
         at 0 => wait: pausing until 2026-03-02T14:00:00Z",
    );
}

#[test]
fn what_is_never_to_be_tried_again_suspends_at_once() {
    check(
        "card a 2026-02-01
         set below 100 buy 500 cap 5000
         try 1
         declined 1 lost_card
         at 0 => wait: Suspended(CardRefused)
         card b 2026-03-01
         try 2
         declined 2 generic_decline do_not_try_again
         at 0 => wait: Suspended(CardRefused)
         card c 2026-03-02
         try 3
         declined 3 insufficient_funds confirm_card_data
         at 0 => wait: Suspended(CardRefused)",
    );
}

#[test]
fn a_payment_that_its_owner_has_to_confirm_stays_under_way() {
    check(
        "card a 2026-02-01
         set below 100 buy 500 cap 5000
         try 1
         declined 1 authentication_required
         declined 1 authentication_required
         state => 1 attempts, 1 failures, spent 0
         at 0 => wait: NeedsAuthentication
         watch => none
         paid 1 500
         state => 1 attempts, 0 failures, spent 500
         at 0 => try 500 for 500",
    );
}

#[test]
fn a_payment_that_nobody_confirms_is_a_failure_like_another() {
    check(
        "card a 2026-02-01
         set below 100 buy 500 cap 5000
         try 1
         declined 1 authentication_required
         now 2026-03-02T12:00:00Z
         ended 1
         at 0 => wait: pausing until 2026-03-02T13:00:00Z
         now 2026-03-02T13:00:00Z
         try 2
         declined 2 authentication_required
         ended 2
         at 0 => wait: pausing until 2026-03-03T13:00:00Z
         now 2026-03-03T13:00:00Z
         try 3
         declined 3 authentication_required
         state => 3 attempts, 3 failures, spent 0
         at 0 => wait: Suspended(TooManyFailures)",
    );
}

#[test]
fn an_outage_is_no_decline() {
    check(
        "card a 2026-02-01
         set below 100 buy 500 cap 5000
         try 1
         now 2026-03-02T12:00:00Z
         at 0 => wait: UnderWay
         ended 1
         state => 1 attempts, 0 failures, spent 0
         at 0 => try 500 for 500",
    );
}

#[test]
fn the_cap_holds_for_a_cycle_and_says_how_close_it_is() {
    check(
        "card a 2026-02-01
         set below 100 buy 500 cap 1250
         try 1
         paid 1 500
         state => 1 attempts, 0 failures, spent 500
         try 2
         paid 2 500
         state => 2 attempts, 0 failures, spent 1000, 80 % noticed
         at 0 => wait: cap until 2026-04-01T00:00:00Z
         set below 100 buy 125 cap 1250
         try 3
         paid 3 125
         state => 3 attempts, 0 failures, spent 1125, 90 % noticed
         try 4
         paid 4 125
         state => 4 attempts, 0 failures, spent 1250, 100 % noticed
         at 0 => wait: cap until 2026-04-01T00:00:00Z
         set below 100 buy 125 cap 1500
         state => 4 attempts, 0 failures, spent 1250, 80 % noticed
         at 0 => try 125 for 125
         set below 100 buy 125 cap 1250
         now 2026-04-01T00:00:00Z
         at 0 => try 125 for 125
         try 5
         paid 5 125
         state => 5 attempts, 0 failures, spent 125",
    );
}

#[test]
fn a_card_that_is_gone_is_not_charged() {
    check(
        "card a 2026-02-01
         set below 100 buy 500 cap 5000
         lost b
         at 0 => try 500 for 500
         lost a
         at 0 => wait: Suspended(CardRemoved)
         card a 2026-02-01            # old news
         at 0 => wait: Suspended(CardRemoved)
         card b 2026-03-01
         at 0 => try 500 for 500
         customer gone
         at 0 => wait: Suspended(CardRemoved)",
    );
}

#[test]
fn what_a_card_did_is_not_held_against_the_next_one() {
    check(
        "card a 2026-02-01
         set below 100 buy 500 cap 5000
         try 1
         card b 2026-03-01
         at 0 => wait: UnderWay
         declined 1 lost_card
         state => 1 attempts, 0 failures, spent 0
         at 0 => try 500 for 500
         try 2
         declined 2 authentication_required
         card c 2026-03-02
         ended 2
         at 0 => try 500 for 500",
    );
}

#[test]
fn late_and_repeated_news_change_nothing_that_is_over() {
    check(
        "card a 2026-02-01
         set below 100 buy 500 cap 5000
         try 1
         declined 1 generic_decline
         declined 1 generic_decline
         ended 1
         state => 1 attempts, 1 failures, spent 0
         now 2026-03-01T13:00:00Z
         try 2
         declined 1 lost_card
         at 0 => wait: UnderWay
         paid 1 500                   # after all; the second is still under way
         state => 2 attempts, 1 failures, spent 500
         at 0 => wait: UnderWay",
    );
}
