//! What is advised: the largest package that is surely used up, and why none.

use ledger::credits::Credits;
use ledger::forecast::{
    Advice, DailyUse, Forecast, Holdings, NoPurchase, Offer, Recommendation, advise,
};
use ledger::lot::Lot;

use super::{credits, lot, now, use_since};

/// By id and credits, the bonus included.
const PACKAGES: [(&str, &str); 3] = [("small", "500"), ("middle", "1100"), ("large", "3000")];

fn advice(daily_use: &DailyUse, lots: &[Lot], pending: &str, debt: &str) -> Advice<'static> {
    let holdings = Holdings {
        lots,
        pending: credits(pending),
        debt: credits(debt),
    };
    let offers = PACKAGES.map(|(package_id, amount)| Offer {
        package_id,
        credits: credits(amount),
    });
    advise(daily_use, &holdings, &offers, now()).unwrap()
}

fn advised(daily_use: &DailyUse, lots: &[Lot]) -> Result<&'static str, NoPurchase> {
    match advice(daily_use, lots, "0", "0").recommendation {
        Recommendation::Buy(offer) => Ok(offer.package_id),
        Recommendation::BuyNothing(reason) => Err(reason),
    }
}

fn forecast(daily_use: &DailyUse, lots: &[Lot]) -> Forecast {
    advice(daily_use, lots, "0", "0").forecast.unwrap()
}

/// 3650 credits in the coming year, without any doubt.
fn ten_a_day() -> DailyUse {
    use_since(400, &["10"])
}

#[test]
fn the_largest_package_that_is_surely_used_up_is_advised() {
    assert_eq!(advised(&ten_a_day(), &[]), Ok("large"));
    assert_eq!(advised(&use_since(400, &["5"]), &[]), Ok("middle"));
    // After 50 days of use, 50 more are counted on.
    assert_eq!(advised(&use_since(50, &["10"]), &[]), Ok("small"));
    assert_eq!(advised(&use_since(110, &["10"]), &[]), Ok("middle"));
    assert_eq!(advised(&use_since(109, &["10"]), &[]), Ok("small"));
}

#[test]
fn a_purchase_made_now_ends_one_calendar_year_later() {
    let advice = advice(&ten_a_day(), &[], "0", "0");
    assert_eq!(advice.ends_at, now().one_calendar_year_later().unwrap());
}

#[test]
fn what_the_account_has_already_is_used_first() {
    let lots = [lot(1, "2000", 200, 0), lot(2, "700", 900, 0)];
    let forecast = forecast(&ten_a_day(), &lots);
    assert_eq!(forecast.used_of_holdings, credits("2700"));
    assert_eq!(forecast.ending_unused, Credits::ZERO);
    assert_eq!(forecast.needed.likely, credits("950"));
    assert_eq!(advised(&ten_a_day(), &lots), Ok("small"));
}

#[test]
fn what_ends_before_it_can_be_used_covers_nothing() {
    // In 50 days 500 of it are used.
    let lots = [lot(1, "2000", 50, 0)];
    let forecast = forecast(&ten_a_day(), &lots);
    assert_eq!(forecast.used_of_holdings, credits("500"));
    assert_eq!(forecast.ending_unused, credits("1500"));
    assert_eq!(forecast.needed.likely, credits("3150"));
    assert_eq!(advised(&ten_a_day(), &lots), Ok("large"));
}

#[test]
fn what_ends_with_the_year_ends_unused_and_what_ends_after_it_does_not() {
    let unused = |days| forecast(&ten_a_day(), &[lot(1, "5000", days, 0)]).ending_unused;
    assert_eq!(unused(365), credits("1350"));
    assert_eq!(unused(366), Credits::ZERO);
}

#[test]
fn a_lot_that_has_ended_or_is_empty_is_nothing() {
    let lots = [
        lot(1, "5000", 0, 0),
        lot(2, "5000", -3, 0),
        lot(3, "0", 9, 0),
    ];
    assert_eq!(forecast(&ten_a_day(), &lots), forecast(&ten_a_day(), &[]));
}

#[test]
fn nothing_is_advised_that_would_let_other_lots_end_unused() {
    // The lot is used after the package, and ends in 100 days: any package would displace it.
    let behind = [lot(1, "900", 100, 5)];
    assert_eq!(forecast(&ten_a_day(), &behind).needed.low, credits("2750"));
    let refused = Err(NoPurchase::NoPackageIsSmallEnough);
    assert_eq!(advised(&ten_a_day(), &behind), refused);
    // Without that haste there is time for both.
    let in_time = [lot(1, "900", 250, 5)];
    assert_eq!(advised(&ten_a_day(), &in_time), Ok("middle"));
}

#[test]
fn pending_purchases_count_and_debt_is_paid_first() {
    let of = |pending, debt| advice(&ten_a_day(), &[], pending, debt);
    let needed = |pending, debt| of(pending, debt).forecast.unwrap().needed.low;
    assert_eq!(needed("1000", "0"), credits("2650"));
    assert_eq!(needed("0", "400"), credits("4050"));
    assert_eq!(needed("1000", "400"), credits("3050"));
    assert_eq!(needed("100", "400"), credits("3950"));
    let large = Recommendation::Buy(Offer {
        package_id: "large",
        credits: credits("3000"),
    });
    assert_eq!(of("1000", "400").recommendation, large);
    assert_ne!(of("1000", "0").recommendation, large);
}

#[test]
fn where_nothing_is_advised_the_reason_is_told() {
    let young = use_since(27, &["10"]);
    assert_eq!(advised(&young, &[]), Err(NoPurchase::HistoryIsTooShort));
    let never = DailyUse::new([], None, super::today());
    assert_eq!(advised(&never, &[]), Err(NoPurchase::HistoryIsTooShort));
    let idle = use_since(400, &["0"]);
    assert_eq!(advised(&idle, &[]), Err(NoPurchase::NothingIsUsed));
    let rich = [lot(1, "3650", 366, 0)];
    assert_eq!(
        advised(&ten_a_day(), &rich),
        Err(NoPurchase::HoldingsWillDo)
    );
    let sparing = use_since(400, &["1"]);
    let reason = Err(NoPurchase::NoPackageIsSmallEnough);
    assert_eq!(advised(&sparing, &[]), reason);
}

#[test]
fn use_that_scatters_makes_the_advice_smaller() {
    let scattered: Vec<&str> = [["20"; 35], ["0"; 35]].concat();
    let daily_use = use_since(364, &scattered);
    assert!(advised(&ten_a_day(), &[]) == Ok("large") && advised(&daily_use, &[]) != Ok("large"));
}

#[test]
fn where_no_year_follows_there_is_no_advice() {
    let holdings = Holdings {
        lots: &[],
        pending: Credits::ZERO,
        debt: Credits::ZERO,
    };
    let end = ledger::instant::Instant::MAX;
    assert!(advise(&ten_a_day(), &holdings, &[], end).is_err());
}
