//! Idempotency keys: one key, one request, one effect.

use super::table::check;

#[test]
fn a_repeat_has_no_second_effect() {
    check(
        "adjust +5 key 1 => 5 available
           entry adjustment 5 balance 5 available 5 lots n1+5
         adjust +5 key 1 => answered before
         adjust +5 key 2 => 10 available
           entry adjustment 5 balance 10 available 10 lots n2+5",
    );
}

#[test]
fn a_key_is_not_reused_for_another_request() {
    check(
        "adjust +5 key 1 => 5 available
           entry adjustment 5 balance 5 available 5 lots n1+5
         adjust +6 key 1/2 => ! the idempotency key was used for another request
         adjust +5 key 1 => answered before",
    );
}

#[test]
fn a_refusal_by_the_accounts_state_is_final() {
    check(
        "adjust -5 key 1 => ! 5 credits are needed and 0 are available
         adjust +9 => 9 available
           entry adjustment 9 balance 9 available 9 lots n1+9
         adjust -5 key 1 => answered before
         adjust -5 key 2 => 4 available
           entry adjustment -5 balance 4 available 4 lots n1-5",
    );
}

#[test]
fn a_refusal_of_the_request_itself_leaves_its_key_free() {
    check(
        "adjust 0 key 1 => ! an adjustment moves more than nothing and at most 10000000 credits
         adjust +1 ends 2026-03-01 key 2 => ! the end of a lot lies after its grant
         adjust +5 key 1 => 5 available
           entry adjustment 5 balance 5 available 5 lots n1+5
         adjust +5 key 2 => 10 available
           entry adjustment 5 balance 10 available 10 lots n2+5",
    );
}

#[test]
fn a_repeat_is_answered_however_late_it_comes() {
    check(
        "adjust +5 ends 2026-03-02 key 1 => 5 available
           entry adjustment 5 balance 5 available 5 lots n1+5
         now 2026-03-08
         adjust +5 ends 2026-03-02 key 1 => answered before",
    );
}

#[test]
fn an_unanswered_checkout_goes_on_with_its_purchase() {
    check(
        "open 1 key 1 => opened 1 created
         open 2 key 1 => opened 1 created        # the id of a repeat is thrown away
         open 1 key 1/2 => ! the idempotency key was used for another request
         record 1 key 1 => recorded 1 open
         open 3 key 1 => answered before",
    );
}

#[test]
fn a_checkout_is_resumed_even_when_its_session_ran_out_of_time() {
    check(
        "open 1 key 1 => opened 1 created
         now 2026-03-02T12:00:00Z
         open 2 key 1 => opened 1 created
         open 3 key 3 => opened 3 created",
    );
}

#[test]
fn a_checkout_that_was_abandoned_is_refused_for_good() {
    check(
        "open 1 key 1 => opened 1 created
         abandon 1 => abandoned 1 failed
         open 1 key 1 => ! the purchase cannot be paid any more
         open 1 key 1 => answered before",
    );
}

#[test]
fn two_keys_may_lead_to_one_purchase() {
    check(
        "open 1 key 1 => opened 1 created
         open 2 key 2 => opened 1 created
         record 1 key 1 => recorded 1 open
         open 2 key 2 => opened 1 open
         record 1 key 2 => recorded 1 open
         open 2 key 2 => answered before",
    );
}

#[test]
fn a_checkout_whose_offer_was_withdrawn_is_resumed_by_its_key_alone() {
    check(
        "resume key 1 => ! no such purchase
         open 1 key 1 => opened 1 created
         resume key 1 => opened 1 created
         resume key 1/2 => ! the idempotency key was used for another request
         record 1 key 1 => recorded 1 open
         resume key 1 => answered before
         resume key 2 => ! no such purchase
         open 2 shop other key 2 => opened 2 created   # the refusal left its key free",
    );
}
