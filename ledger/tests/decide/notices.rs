//! What an account's owner is told, and when. `told …` names all that the last command told, separated
//! by semicolons.

use ledger::notice::{Audience, Choices, Kind, News, Notice};

use super::table::check;

pub fn said(notices: &[Notice]) -> String {
    let all = notices
        .iter()
        .map(|notice| news(&notice.news) + where_to(notice));
    let all: Vec<String> = all.collect();
    if all.is_empty() {
        "nothing".to_owned()
    } else {
        all.join("; ")
    }
}

/// Nothing, where it is told as usual.
fn where_to(notice: &Notice) -> &'static str {
    let Audience { feed, mail } = notice.audience;
    match (feed, mail) {
        _ if notice.audience == Choices::default().audience(notice.news.kind()) => "",
        (true, true) => " [feed, mail]",
        (true, false) => " [feed]",
        (false, true) => " [mail]",
        (false, false) => " [nowhere]",
    }
}

fn news(news: &News) -> String {
    match news {
        News::PurchasePaid { credits, .. } => format!("paid {credits}"),
        News::CreditsGiven { credits } => format!("given {credits}"),
        News::CreditsTaken { credits } => format!("taken {credits}"),
        News::CreditsExpiring {
            days,
            credits,
            ends_at,
        } => {
            format!("{credits} end within {days}, at {ends_at}")
        }
        News::CreditsExpired { credits, .. } => format!("expired {credits}"),
        News::BalanceLow {
            threshold,
            available,
        } => format!("low {available} of {threshold}"),
        News::BalanceRecovered {
            threshold,
            available,
        } => {
            format!("recovered {available} of {threshold}")
        }
        News::LimitReached {
            operation,
            window,
            credits,
            resets_at,
        } => {
            let what = operation.as_deref().unwrap_or("everything");
            format!("limit {window:?} of {what} {credits} until {resets_at}")
        }
        News::DebtIncurred { credits, debt } => format!("owes {credits} more, {debt} in all"),
        News::PaymentReversed { credits, .. } => format!("reversed {credits}"),
        News::ReversalUndone { credits, .. } => format!("restored {credits}"),
        News::PaymentDisputed { credits, .. } => format!("disputed {credits}"),
        News::DisputeEnded { credits, .. } => format!("undisputed {credits}"),
        News::RechargeFailed { code, .. } => format!("declined {code}"),
        News::RechargeSuspended { why } => format!("suspended {why:?}"),
        News::RechargeNeedsAuthentication { .. } => "to be confirmed".to_owned(),
        News::RechargeCap { reached } => format!("cap {}", reached.percent()),
        News::EndpointDisabled { url, .. } => format!("disabled {url}"),
    }
}

#[test]
fn a_low_balance_is_told_once_until_it_has_recovered() {
    check(
        "lot a purchase 150 ends 2026-12-01
         debit r1 50 => debited 1
           entry debit -50 balance 100 available 100 lots a-50
         told nothing
         debit r2 1 => debited 2
           entry debit -1 balance 99 available 99 lots a-1
         told low 99 of 100
         debit r3 1 => debited 3
           entry debit -1 balance 98 available 98 lots a-1
         told nothing
         adjust +11 => 109 available
           entry adjustment 11 balance 109 available 109 lots n1+11
         told given 11
         debit r4 20 => debited 5
           entry debit -20 balance 89 available 89 lots a-20
         told nothing
         adjust +21 => 110 available
           entry adjustment 21 balance 110 available 110 lots n2+21
         told given 21; recovered 110 of 100
         debit r5 11 => debited 7
           entry debit -11 balance 99 available 99 lots a-11
         told low 99 of 100",
    );
}

#[test]
fn of_several_thresholds_passed_at_once_the_furthest_is_told() {
    check(
        "lot a purchase 1000 ends 2026-12-01
         thresholds 500,100,10 => thresholds 10, 100, 500
         told nothing
         debit r1 950 => debited 1
           entry debit -950 balance 50 available 50 lots a-950
         told low 50 of 100
         debit r2 45 => debited 2
           entry debit -45 balance 5 available 5 lots a-45
         told low 5 of 10
         adjust +200 => 205 available
           entry adjustment 200 balance 205 available 205 lots n1+200
         told given 200; recovered 205 of 100
         debit r3 110 => debited 4
           entry debit -110 balance 95 available 95 lots a-5 n1-105
         told low 95 of 100
         adjust +1000 => 1095 available
           entry adjustment 1000 balance 1095 available 1095 lots n2+1000
         told given 1000; recovered 1095 of 500
         thresholds none => thresholds none
         debit r4 1095 => debited 6
           entry debit -1095 balance 0 available 0 lots n1-95 n2-1000
         told nothing",
    );
}

#[test]
fn thresholds_are_few_and_positive() {
    check(
        "thresholds 1,2,3,4,5,6 => ! there are 6 thresholds, and at most 5 are kept
         thresholds 0 => ! a threshold is more than nothing
         thresholds 7,7 => thresholds 7",
    );
}

#[test]
fn what_is_set_aside_counts_as_gone_and_what_comes_back_as_there() {
    check(
        "lot a purchase 130 ends 2026-12-01
         hold h1 80 => active, 80 held, 50 available
           entry hold 0 held +80 balance 130 available 50 lots a(+80)
         told low 50 of 100
         release h1 => released, 0 held, 130 available
           entry release 0 held -80 balance 130 available 130 lots a(-80)
         told recovered 130 of 100",
    );
}

#[test]
fn credits_that_end_are_told_of_and_so_is_that_little_is_left() {
    check(
        "lot a purchase 50 ends 2026-04-01
         lot b purchase 99 ends 2026-05-01
         now 2026-04-02
         book due => booked
           entry expiry -50 balance 99 available 99 lots a-50
         told expired 50; low 99 of 100
         book due => booked
         told nothing",
    );
}

#[test]
fn an_end_that_is_booked_before_a_grant_is_told_of_where_the_grant_does_not_make_up_for_it() {
    check(
        "lot a purchase 500 ends 2026-04-01
         now 2026-04-02
         adjust +40 ends 2026-12-01 => 40 available
           entry expiry -500 balance 0 available 0 lots a-500
           entry adjustment 40 balance 40 available 40 lots n1+40
         told expired 500; given 40; low 40 of 100
         adjust +500 ends 2026-12-01 => 540 available
           entry adjustment 500 balance 540 available 540 lots n2+500
         told given 500; recovered 540 of 100",
    );
}

#[test]
fn debt_is_told_of_and_so_is_its_payment_only_as_a_grant() {
    check(
        "configure overdraft 10 => configured
         lot a purchase 5 ends 2026-12-01
         hold h1 5 => active, 5 held, 0 available
           entry hold 0 held +5 balance 5 available 0 lots a(+5)
         told low 0 of 100
         capture h1 8 => charged 8, captured, 0 held, 0 available
           entry capture -5 held -5 debt +3 balance 0 available 0 lots a-5(-5)
         told owes 3 more, 3 in all",
    );
}

#[test]
fn that_a_limit_is_reached_is_told_once_in_its_window() {
    check(
        "lot a purchase 500 ends 2026-12-01
         configure limits day:10,week:backtesting:5 => configured
         note day:10 until 2026-03-02 => noted
         told limit Day of everything 10 until 2026-03-02T00:00:00Z
         note day:10 until 2026-03-02 => noted
         told nothing
         note week:backtesting:5 until 2026-03-09 => noted
         told limit Week of backtesting 5 until 2026-03-09T00:00:00Z
         now 2026-03-02
         note day:10 until 2026-03-02 => noted
         told nothing
         note day:10 until 2026-03-03 => noted
         told limit Day of everything 10 until 2026-03-03T00:00:00Z
         note week:backtesting:5 until 2026-03-09 => noted
         told nothing
         configure limits day:20 => configured
         note day:10 until 2026-03-04 => noted
         told nothing",
    );
}

#[test]
fn everybody_chooses_for_each_kind_where_it_is_told() {
    check(
        "thresholds 100 mail +2,-6 feed -2,-7 => thresholds 100 mail +2,-6 feed -2,-7
         adjust +105 => 105 available
           entry adjustment 105 balance 105 available 105 lots n1+105
         told given 105 [mail]
         debit r1 10 => debited 2
           entry debit -10 balance 95 available 95 lots n1-10
         told low 95 of 100 [feed]
         adjust +50 => 145 available
           entry adjustment 50 balance 145 available 145 lots n2+50
         told given 50 [mail]; recovered 145 of 100 [nowhere]
         thresholds 100 => thresholds 100
         adjust +1 => 146 available
           entry adjustment 1 balance 146 available 146 lots n3+1
         told given 1",
    );
}

#[test]
fn whoever_wants_no_more_mails_of_a_kind_gets_none() {
    check(
        "stop 6 => thresholds 100 mail -6
         stop 6 => thresholds 100 mail -6
         stop 7 => thresholds 100 mail -6
         adjust +105 => 105 available
           entry adjustment 105 balance 105 available 105 lots n1+105
         told given 105
         debit r1 10 => debited 2
           entry debit -10 balance 95 available 95 lots n1-10
         told low 95 of 100 [feed]",
    );
}

#[test]
fn an_endpoint_that_is_given_up_is_told_of() {
    check(
        "endpoint https://one.example => noted
         told disabled https://one.example",
    );
}

#[test]
fn a_kind_has_one_number_and_one_place_in_the_list() {
    let mut numbers: Vec<i16> = Kind::ALL.map(Kind::number).to_vec();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=18).collect::<Vec<i16>>());
    for kind in Kind::ALL {
        assert_eq!(Kind::from_number(kind.number()), Some(kind));
    }
    assert_eq!(Kind::from_number(0), None);
}
