//! What can be bought, and for how much.

use actix_web::get;
use actix_web::web::{Data, Json};
use ledger::credits::Credits;
use ledger::money::Money;
use ledger::pricing::{self, CreditsOutOfRange, Slab};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

use super::callers::Reader;
use super::currencies::{self, Asked};
use super::error::{ApiError, ErrorCode};
use super::promotions::BuyersPromotionView;
use super::promotions::offer::{self as promotions, Usable};
use super::query::Query;
use crate::app::App;
use crate::auth::Caller;
use crate::catalogue::{Catalogue, Package};
use crate::wire::{CreditsView, MoneyView};

/// A preset recharge.
#[derive(Serialize, ToSchema)]
#[schema(as = Package)]
pub struct PackageView {
    #[schema(examples("plus"))]
    pub id: String,
    #[schema(examples("Plus"))]
    pub name: String,
    pub credits: CreditsView,
    /// Given on top.
    pub bonus_credits: CreditsView,
    pub price: MoneyView,
    /// Minor units of the currency for each credit, the bonus included, as a decimal string.
    #[schema(format = "decimal", examples("0.92"))]
    pub price_per_credit: String,
    /// Whole percent saved on each credit against the smallest package.
    #[schema(minimum = 0, maximum = 100, examples(8))]
    pub saving_percent: i32,
    /// The same with the promotion code that was asked about; absent if the code is not for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub with_promotion: Option<PromotedView>,
}

/// A package with a promotion code.
#[derive(Serialize, ToSchema)]
#[schema(as = PromotedPackage)]
pub struct PromotedView {
    pub price: MoneyView,
    /// Given on top, what the code adds included.
    pub bonus_credits: CreditsView,
    /// Minor units of the currency for each credit, the bonus included, as a decimal string.
    #[schema(format = "decimal", examples("0.828"))]
    pub price_per_credit: String,
    /// Whole percent saved on each credit against the smallest package without a code.
    #[schema(minimum = 0, maximum = 100, examples(17))]
    pub saving_percent: i32,
}

/// From this many credits on, each further credit costs this much.
#[derive(Serialize, ToSchema)]
#[schema(as = Slab)]
pub struct SlabView {
    pub from_credits: CreditsView,
    /// Minor units of the currency for each credit, as a decimal string.
    #[schema(format = "decimal", examples("0.9"))]
    pub price_per_credit: String,
}

/// How any other amount is priced: each credit at the price of the slab it falls into.
#[derive(Serialize, ToSchema)]
#[schema(as = CustomPricing)]
pub struct CustomView {
    pub min_credits: CreditsView,
    pub max_credits: CreditsView,
    pub slabs: Vec<SlabView>,
}

/// All that can be bought.
#[derive(Serialize, ToSchema)]
pub struct PackageList {
    pub data: Vec<PackageView>,
    pub custom: CustomView,
    /// Of all prices in this answer.
    #[schema(examples("usd"))]
    pub currency: String,
    /// What can be paid in.
    pub currencies: Vec<String>,
    /// The promotion code that was asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub promotion: Option<BuyersPromotionView>,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PackagesQuery {
    /// Prices in this currency; by default in the service's own.
    #[param(nullable = false, pattern = "^[A-Za-z]{3}$", example = "usd")]
    currency: Option<String>,
    /// Shows prices and bonuses with this promotion code, too.
    #[param(
        nullable = false,
        pattern = "^[A-Za-z0-9_-]{3,32}$",
        example = "SPRING10"
    )]
    promotion_code: Option<String>,
}

/// The price of a custom amount.
#[derive(Serialize, ToSchema)]
#[schema(as = CustomPrice)]
pub struct CustomPriceView {
    pub credits: CreditsView,
    pub price: MoneyView,
    /// Minor units of the currency for each credit, as a decimal string.
    #[schema(format = "decimal", examples("0.94"))]
    pub price_per_credit: String,
    /// Whole percent saved on each credit against the smallest package.
    #[schema(minimum = 0, maximum = 100, examples(6))]
    pub saving_percent: i32,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CustomPriceQuery {
    /// A whole number of credits.
    #[param(pattern = "^[1-9][0-9]{0,9}$", example = "2500")]
    credits: String,
    /// The price in this currency; by default in the service's own.
    #[param(nullable = false, pattern = "^[A-Za-z]{3}$", example = "usd")]
    currency: Option<String>,
}

/// What can be bought
///
/// The preset packages, smallest first, and how a custom amount is priced. Larger ones are cheaper
/// per credit, and more credits never cost less in total. With `promotion_code` each package that the
/// code is for shows its price and bonus with it; a code that the caller cannot use now is refused.
#[utoipa::path(
    operation_id = "list_packages",
    tag = "Buying",
    params(PackagesQuery),
    responses((status = 200, description = "Packages and custom pricing.", body = PackageList,
        example = json!({
            "data": [
                {"id": "starter", "name": "Starter", "credits": "1000", "bonus_credits": "0",
                 "price": {"amount": 1000, "currency": "usd"}, "price_per_credit": "1",
                 "saving_percent": 0},
                {"id": "plus", "name": "Plus", "credits": "5000", "bonus_credits": "0",
                 "price": {"amount": 4600, "currency": "usd"}, "price_per_credit": "0.92",
                 "saving_percent": 8}
            ],
            "custom": {"min_credits": "100", "max_credits": "1000000", "slabs": [
                {"from_credits": "1", "price_per_credit": "1"},
                {"from_credits": "1001", "price_per_credit": "0.9"}
            ]},
            "currency": "usd", "currencies": ["eur", "usd"]
        })))
)]
#[get("/v1/packages")]
pub async fn list_packages(
    app: Data<App>,
    Reader(caller): Reader,
    Query(query): Query<PackagesQuery>,
) -> Result<Json<PackageList>, ApiError> {
    packages(&app, &caller, &query).await.map(Json)
}

/// All that a caller can buy.
pub async fn packages(
    app: &App,
    caller: &Caller,
    query: &PackagesQuery,
) -> Result<PackageList, ApiError> {
    let currency = query.currency.as_deref();
    let catalogue = currencies::catalogue(app, currency, Asked::InQuery).await?;
    let usable = match &query.promotion_code {
        None => None,
        Some(code) => {
            let code = promotions::parse(code, Asked::InQuery)?;
            Some(Usable::of(app, caller, &code, &catalogue.packages).await?)
        }
    };
    let prices = &catalogue.prices;
    let packages = catalogue.packages.iter();
    let packages = packages.map(|it| package_view(&catalogue, it, usable.as_ref()));
    Ok(PackageList {
        data: packages.collect(),
        custom: CustomView {
            min_credits: whole(prices.min_credits()).into(),
            max_credits: whole(prices.max_credits()).into(),
            slabs: prices.slabs().iter().map(slab_view).collect(),
        },
        currency: prices.currency().to_string(),
        currencies: app.store.currencies().await?,
        promotion: usable.map(|it| it.promotion().into()),
    })
}

/// The price of a custom amount
///
/// Exactly what a checkout session for this many credits will charge.
#[utoipa::path(
    operation_id = "get_custom_price",
    tag = "Buying",
    params(CustomPriceQuery),
    responses((status = 200, description = "The price.", body = CustomPriceView,
        example = json!({"credits": "2500", "price": {"amount": 2350, "currency": "usd"},
                         "price_per_credit": "0.94", "saving_percent": 6})))
)]
#[get("/v1/packages/custom-price")]
pub async fn get_custom_price(
    app: Data<App>,
    _caller: Reader,
    Query(query): Query<CustomPriceQuery>,
) -> Result<Json<CustomPriceView>, ApiError> {
    let currency = query.currency.as_deref();
    let catalogue = currencies::catalogue(&app, currency, Asked::InQuery).await?;
    let count = whole_credits(&query.credits)
        .map_err(|detail| ApiError::with_detail(ErrorCode::InvalidQuery, detail))?;
    let price = catalogue.prices.price(count)?;
    let credits = whole(count);
    Ok(Json(CustomPriceView {
        credits: credits.into(),
        price: price.into(),
        price_per_credit: per_credit(&price, credits),
        saving_percent: saving(&catalogue, &price, credits),
    }))
}

/// Reads a whole number of credits; too many digits is out of range of anything.
pub fn whole_credits(text: &str) -> Result<i64, String> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let well_formed = digits && !text.starts_with('0') && (1..=10).contains(&text.len());
    let refusal = || "credits is a whole number of at most ten digits.".to_owned();
    if !well_formed {
        return Err(refusal());
    }
    text.parse().map_err(|_| refusal())
}

impl From<CreditsOutOfRange> for ApiError {
    fn from(refusal: CreditsOutOfRange) -> ApiError {
        ApiError::new(ErrorCode::CreditsOutOfRange)
            .field("min_credits", json!(refusal.min.to_string()))
            .field("max_credits", json!(refusal.max.to_string()))
    }
}

fn package_view(catalogue: &Catalogue, package: &Package, usable: Option<&Usable>) -> PackageView {
    let total = total(package, package.bonus);
    PackageView {
        id: package.id.clone(),
        name: package.name.clone(),
        credits: package.credits.into(),
        bonus_credits: package.bonus.into(),
        price: package.price.into(),
        price_per_credit: per_credit(&package.price, total),
        saving_percent: saving(catalogue, &package.price, total),
        with_promotion: usable.and_then(|it| promoted(catalogue, package, it)),
    }
}

fn promoted(catalogue: &Catalogue, package: &Package, usable: &Usable) -> Option<PromotedView> {
    let (price, bonus) = usable.applied(package, catalogue.least_charge)?;
    let total = total(package, bonus);
    Some(PromotedView {
        price: price.into(),
        bonus_credits: bonus.into(),
        price_per_credit: per_credit(&price, total),
        saving_percent: saving(catalogue, &price, total),
    })
}

/// More than can be owned is nobody's to buy: the price for each credit is then that without a bonus.
fn total(package: &Package, bonus: Credits) -> Credits {
    package
        .credits
        .checked_add(bonus)
        .unwrap_or(package.credits)
}

fn slab_view(slab: &Slab) -> SlabView {
    SlabView {
        from_credits: whole(slab.from_credits).into(),
        price_per_credit: pricing::plain_price(&slab.price_per_credit),
    }
}

fn per_credit(price: &Money, credits: Credits) -> String {
    pricing::plain_price(&pricing::price_per_credit(price, credits))
}

/// Against the smallest package; with none, nothing is saved.
fn saving(catalogue: &Catalogue, price: &Money, credits: Credits) -> i32 {
    catalogue.packages.first().map_or(0, |smallest| {
        pricing::saving_percent(price, credits, &smallest.price, smallest.credits)
    })
}

/// Bounded by the price list, so it always fits.
fn whole(credits: i64) -> Credits {
    Credits::from_whole(credits).unwrap_or(Credits::MAX)
}
