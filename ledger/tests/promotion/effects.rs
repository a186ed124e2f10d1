//! What a code makes of a price and a bonus, in currencies with and without decimals.

use ledger::credits::Credits;
use ledger::instant::Instant;
use ledger::money::{Currency, Money};
use ledger::promotion::{
    Audience, Effect, Goods, Percent, Promotion, PromotionCode, PromotionRefusal, PromotionSettings,
};

fn money(text: &str) -> Money {
    let (amount, currency) = text.split_once(' ').unwrap();
    Money {
        amount_minor: amount.parse().unwrap(),
        currency: Currency::parse(currency).unwrap(),
    }
}

fn promotion(effect: Effect, goods: Goods) -> Promotion {
    Promotion {
        code: PromotionCode::parse("SPRING").unwrap(),
        effect,
        goods,
        audience: Audience::Everyone,
        settings: PromotionSettings {
            is_active: true,
            most_per_account: None,
            most_in_total: None,
            ends_at: None,
        },
        used: 0,
        version: 0,
        created_by: "admin".to_owned(),
        created_at: Instant::from_micros(0),
        changed_by: "admin".to_owned(),
        changed_at: Instant::from_micros(0),
    }
}

fn percent_off(percent: i64) -> Promotion {
    let effect = Effect::PercentOff(Percent::new(percent).unwrap());
    promotion(effect, Goods::EveryPackage)
}

#[test]
fn a_percentage_is_rounded_half_up_to_what_the_currency_can_charge() {
    let table = [
        (10, "1000 usd", "900 usd"),
        (15, "4999 usd", "4249 usd"),
        (50, "4999 usd", "2500 usd"),
        (33, "100 usd", "67 usd"),
        (100, "1000 usd", "0 usd"),
        (1, "1 usd", "1 usd"),
        // Yen have no decimals: the amount is of whole yen.
        (15, "1500 jpy", "1275 jpy"),
        (15, "990 jpy", "842 jpy"),
        // Of a dinar's three decimals Stripe takes no third.
        (33, "10000 kwd", "6700 kwd"),
        (15, "10110 kwd", "8590 kwd"),
        (10, "1000 isk", "900 isk"),
        (15, "1000 isk", "900 isk"),
        (25, "9223372036854775807 usd", "6917529027641081855 usd"),
    ];
    for (percent, list_price, price) in table {
        let least = Money {
            amount_minor: 0,
            ..money(list_price)
        };
        let applied = percent_off(percent).apply(Some("plus"), money(list_price), least);
        let (applied, redemption) = applied.unwrap();
        assert_eq!(applied, money(price), "{percent} % of {list_price}");
        assert_eq!(redemption.list_price, money(list_price));
        assert_eq!(redemption.extra, Credits::ZERO);
    }
}

#[test]
fn a_price_that_nobody_can_charge_is_refused_and_nothing_at_all_is_free() {
    let of = |percent| {
        let applied = percent_off(percent).apply(Some("plus"), money("1000 usd"), money("50 usd"));
        applied.map(|(price, _)| price)
    };
    assert_eq!(of(95), Ok(money("50 usd")));
    let refusal = of(96).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "with the code the price is 40 usd, and less than 50 usd cannot be charged"
    );
    assert_eq!(of(100), Ok(money("0 usd")));
}

#[test]
fn extra_credits_change_no_price() {
    let extra = Credits::from_whole(250).unwrap();
    let promotion = promotion(Effect::ExtraCredits(extra), Goods::EveryPackage);
    let applied = promotion.apply(Some("plus"), money("10 usd"), money("50 usd"));
    let (price, redemption) = applied.unwrap();
    assert_eq!((price, redemption.extra), (money("10 usd"), extra));
}

#[test]
fn a_code_is_for_its_packages_and_never_for_a_custom_amount() {
    let goods = Goods::Packages(["plus".to_owned()].into());
    let effect = Effect::PercentOff(Percent::new(10).unwrap());
    let table = [
        (Goods::EveryPackage, Some("pro"), true),
        (Goods::EveryPackage, None, false),
        (goods.clone(), Some("plus"), true),
        (goods.clone(), Some("pro"), false),
        (goods, None, false),
    ];
    for (goods, package_id, is_for) in table {
        let promotion = promotion(effect, goods);
        let applied = promotion.apply(package_id, money("1000 usd"), money("50 usd"));
        match applied {
            Ok(_) => assert!(is_for),
            Err(refusal) => {
                assert!(!is_for);
                assert_eq!(refusal, PromotionRefusal::IsNotForTheseGoods);
            }
        }
    }
}

#[test]
fn a_percentage_is_from_one_to_a_hundred() {
    for percent in [i64::MIN, -1, 0, 101, i64::MAX] {
        assert!(Percent::new(percent).is_err());
    }
    assert_eq!(Percent::new(1).unwrap().get(), 1);
    assert_eq!(Percent::new(100).unwrap().get(), 100);
}
