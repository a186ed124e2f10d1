//! A dead card's year: looked at every hour for 365 days, with nothing available and a card that says
//! no each time.

use ledger::calendar::Calendar;
use ledger::credits::Credits;
use ledger::instant::Instant;
use ledger::recharge::{
    Advice, Amount, AutoRecharge, DECLINES, Decline, MOST_FAILURES, Settings, Verdict, verdict,
};

use super::table::{card, cents, instant, prices, purchase};

/// How often the card is asked in a year in which it says nothing but `decline`, and nobody confirms
/// a payment within a day.
fn attempts_in_a_year(decline: &Decline) -> i64 {
    let start = instant("2026-01-01");
    let mut recharge = AutoRecharge {
        settings: Some(Settings {
            enabled: true,
            threshold: Credits::from_whole(100).unwrap(),
            amount: Amount::Fixed(500),
            cycle_cap: cents(1_000_000),
        }),
        customer_id: Some("cus_1".to_owned()),
        card: Some(card("a", start)),
        ..AutoRecharge::new(start)
    };
    let mut made: Vec<Instant> = Vec::new();
    for hour in 0..365 * 24 {
        let now = start.plus_seconds(hour * 3_600).unwrap();
        let cycle = Calendar::default().cycle(now).unwrap();
        if let Some(attempt) = recharge.open_attempt()
            && now.seconds_since(attempt.made_at) >= 86_400
        {
            recharge.give_up(attempt.purchase_id, now);
        }
        if let Verdict::Try(_) = verdict(&recharge, Credits::ZERO, &[prices()], &cycle, now) {
            let id = purchase(u128::try_from(made.len()).unwrap());
            recharge.begin(id, now);
            made.push(now);
            recharge.decline(id, "pm_a", decline, now);
        }
    }
    assert_eq!(recharge.attempts, i64::try_from(made.len()).unwrap());
    recharge.attempts
}

#[test]
fn a_year_of_a_dead_card_makes_at_most_as_many_attempts_as_the_policy_says() {
    let advices = [
        None,
        Some(Advice::TryAgainLater),
        Some(Advice::ConfirmCardData),
        Some(Advice::DoNotTryAgain),
    ];
    let codes = DECLINES.iter().map(|(code, _)| *code);
    let mut most = 0;
    let mut least = i64::MAX;
    let mut declines = 0;
    for code in codes.chain(["a_code_of_next_year"]) {
        for advice in advices {
            let code = code.to_owned();
            let attempts = attempts_in_a_year(&Decline { code, advice });
            most = most.max(attempts);
            least = least.min(attempts);
            declines += 1;
        }
    }
    println!(
        "a dead card's year: {declines} ways to decline, looked at 8760 times each: \
         {least} to {most} attempts; the policy allows {MOST_FAILURES}"
    );
    assert_eq!((least, most), (1, i64::from(MOST_FAILURES)));
}
