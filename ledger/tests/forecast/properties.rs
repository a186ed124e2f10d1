//! Whatever was used and whatever the account has: never is more advised than would be used. The
//! year is played through here hour by hour, with nothing of the code it checks.

use ledger::credits::Credits;
use ledger::forecast::{DailyUse, Forecast, Holdings, Offer, Recommendation, advise};
use ledger::ids::LotId;
use ledger::instant::Instant;
use ledger::lot::{Lot, Source};
use proptest::prelude::*;
use uuid::Uuid;

use super::{days_ago, lot, now, today};

const NAMES: [&str; 5] = ["a", "b", "c", "d", "e"];

fn any_use() -> impl Strategy<Value = DailyUse> {
    let day = prop_oneof![
        3 => Just(0_i64),
        3 => 0..20_000_000_i64,
        1 => 0..400_000_000_i64,
        1 => -5_000_000..0_i64,
    ];
    prop::collection::vec(day, 28..500).prop_map(|days| {
        let first = i32::try_from(days.len()).unwrap();
        let days = (1..)
            .zip(days)
            .map(|(ago, micro)| (days_ago(ago), Credits::from_micro(micro)));
        DailyUse::new(days, Some(days_ago(first)), today())
    })
}

fn any_lots() -> impl Strategy<Value = Vec<Lot>> {
    let any_lot = (
        0..3_000_i64,
        -10..800_i64,
        prop_oneof![4 => Just(0_i16), 1 => -2..3_i16],
    );
    prop::collection::vec(any_lot, 0..6).prop_map(|lots| {
        let lots = (1..).zip(lots);
        let lots = lots.map(|(number, (credits, days, priority))| {
            lot(number, &credits.to_string(), days, priority)
        });
        lots.collect()
    })
}

fn any_offers() -> impl Strategy<Value = Vec<Offer<'static>>> {
    let sizes = prop::collection::vec(1..6_000_i64, NAMES.len());
    sizes.prop_map(|sizes| {
        let named = NAMES.into_iter().zip(sizes);
        let offers = named.map(|(package_id, size)| Offer {
            package_id,
            credits: Credits::from_whole(size).unwrap(),
        });
        offers.collect()
    })
}

/// The package as the lot that its purchase would make.
fn package(credits: Credits, expires_at: Instant) -> Lot {
    Lot {
        id: LotId::from_uuid(Uuid::from_u128(1_000)),
        source: Source::Purchase,
        expires_at,
        ..lot(1_000, &credits.to_string(), 1, 0)
    }
}

/// What remains of each lot at its end or after a year, if so much is used evenly, in micro-credits.
fn play(lots: &[Lot], year_of_use: Credits) -> Vec<(LotId, Instant, i64)> {
    let mut lots = lots.to_vec();
    lots.sort_by_key(Lot::burn_order);
    let hours = 365 * 24;
    for hour in 0..hours {
        let begins = now().plus_seconds(hour * 3_600).unwrap();
        let used =
            |hour: i64| i128::from(year_of_use.micro()) * i128::from(hour) / i128::from(hours);
        let mut wanted = i64::try_from(used(hour + 1) - used(hour)).unwrap();
        for lot in &mut lots {
            if begins < lot.expires_at {
                let taken = wanted.min(lot.remaining.micro());
                lot.remaining = Credits::from_micro(lot.remaining.micro() - taken);
                wanted -= taken;
            }
        }
    }
    let left = lots
        .iter()
        .map(|lot| (lot.id, lot.expires_at, lot.remaining.micro()));
    left.collect()
}

fn ended_unused(left: &[(LotId, Instant, i64)], by: Instant) -> i64 {
    let ended = left.iter().filter(|(_, end, _)| now() < *end && *end <= by);
    ended.map(|(_, _, micro)| micro).sum()
}

fn check(forecast: &Forecast, lots: &[Lot], offer: &Offer<'_>, ends_at: Instant) {
    assert!(offer.credits <= forecast.needed.low);
    assert!(offer.credits <= forecast.expected_use.low);
    for year_of_use in [forecast.expected_use.likely, forecast.expected_use.high] {
        let without = play(lots, year_of_use);
        let mut with = lots.to_vec();
        with.push(package(offer.credits, ends_at));
        let left = play(&with, year_of_use);
        let of_package = left.iter().find(|(id, ..)| id.uuid().as_u128() == 1_000);
        assert_eq!(of_package.map(|(_, _, micro)| *micro), Some(0), "{offer:?}");
        let more = ended_unused(&left, ends_at) - ended_unused(&without, ends_at);
        assert!(more <= 0, "{more} more end unused");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn never_is_more_advised_than_would_be_used(
        daily_use in any_use(),
        lots in any_lots(),
        offers in any_offers(),
    ) {
        let holdings = Holdings { lots: &lots, pending: Credits::ZERO, debt: Credits::ZERO };
        let advice = advise(&daily_use, &holdings, &offers, now()).unwrap();
        let forecast = advice.forecast.unwrap();
        for estimate in [forecast.expected_use, forecast.needed] {
            prop_assert!(Credits::ZERO <= estimate.low);
            prop_assert!(estimate.low <= estimate.likely && estimate.likely <= estimate.high);
        }
        if let Recommendation::Buy(offer) = advice.recommendation {
            check(&forecast, &lots, &offer, advice.ends_at);
            let larger = offers.iter().filter(|other| other.credits > offer.credits);
            for other in larger {
                let alone = [*other];
                let advice = advise(&daily_use, &holdings, &alone, now()).unwrap();
                prop_assert!(matches!(advice.recommendation, Recommendation::BuyNothing(_)));
            }
        }
    }
}
