//! The words of the tables about promotion codes.

use ledger::command::PromotionChange;
use ledger::credits::Credits;
use ledger::promotion::{
    Audience, Effect, Goods, NewPromotion, Percent, PromotionCode, PromotionSettings, Redemption,
};
use ledger::purchase::Terms;

use super::asking::Options;
use super::words::{credits, instant};

pub fn code(text: &str) -> PromotionCode {
    PromotionCode::parse(text).unwrap()
}

/// `10%` or `+100`.
pub fn new(name: &str, effect: &str, options: &Options) -> NewPromotion {
    let option = |word: &str| options.get(word).copied();
    NewPromotion {
        code: code(name),
        effect: match effect.strip_suffix('%') {
            Some(percent) => Effect::PercentOff(Percent::new(percent.parse().unwrap()).unwrap()),
            None => Effect::ExtraCredits(credits(effect)),
        },
        goods: option("of").map_or(Goods::EveryPackage, |ids| {
            Goods::Packages(ids.split(',').map(str::to_owned).collect())
        }),
        audience: match option("for") {
            None => Audience::Everyone,
            Some("first") => Audience::FirstPurchase,
            Some(other) => panic!("no audience: {other}"),
        },
        settings: settings(options),
        actor: "admin-1".to_owned(),
    }
}

pub fn change(name: &str, options: &Options) -> PromotionChange {
    PromotionChange {
        code: code(name),
        settings: settings(options),
        actor: "admin-2".to_owned(),
    }
}

fn settings(options: &Options) -> PromotionSettings {
    let option = |word: &str| options.get(word).copied();
    let count = |word: &str| option(word).map(|it| it.parse().unwrap());
    PromotionSettings {
        is_active: option("active") != Some("no"),
        most_per_account: count("each"),
        most_in_total: count("total"),
        ends_at: option("ends").map(instant),
    }
}

/// As terms say it: what the code made of the price is no business of the decision.
pub fn redemption(name: &str, terms: &Terms) -> Redemption {
    Redemption {
        code: code(name),
        list_price: terms.price,
        extra: Credits::ZERO,
    }
}
