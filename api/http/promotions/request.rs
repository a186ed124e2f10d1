//! Promotion codes as administrators send them: read, and refused with a sentence where they make no
//! sense.

use std::collections::BTreeSet;

use ledger::credits::Credits;
use ledger::instant::Instant;
use ledger::promotion::{
    Audience, Effect, Goods, NewPromotion, Percent, PromotionCode, PromotionSettings,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::error::{ApiError, ErrorCode};
use super::super::whole_number::WholeNumber;
use crate::catalogue::Package;
use crate::wire::present;

/// A code for no more packages than that.
const MOST_PACKAGES: usize = 100;

/// A promotion code to be. It lowers the price by `percent_off` or adds `extra_credits`, one of the
/// two.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewPromotionCode)]
pub struct PromotionCodeRequest {
    #[schema(pattern = "^[A-Za-z0-9_-]{3,32}$", examples("SPRING10"))]
    code: String,
    /// Whole percent off the price of a package.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = i64, nullable = false, minimum = 1, maximum = 100, examples(10))]
    percent_off: Option<WholeNumber>,
    /// Credits on top of the package's bonus.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(
        nullable = false,
        pattern = r"^(0\.[0-9]{0,5}[1-9]|[1-9][0-9]{0,6}(\.[0-9]{1,6})?)$",
        examples("500")
    )]
    extra_credits: Option<String>,
    /// The packages it is for; by default every package. Never for a custom amount.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(nullable = false, min_items = 1, max_items = 100, example = json!(["plus", "pro"]))]
    package_ids: Option<BTreeSet<String>>,
    /// Only for accounts that never paid a purchase and have none under way with a code.
    #[serde(default)]
    #[schema(default = false)]
    first_purchase_only: bool,
    /// How often it may be used; by default any number of times.
    #[serde(default)]
    limits: PromotionLimits,
    /// The first instant at which it cannot be used any more (RFC 3339).
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(
        nullable = false,
        format = "date-time",
        examples("2027-06-30T00:00:00Z")
    )]
    expires_at: Option<String>,
}

/// What of a promotion code can be set at any time, all of it at once.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PromotionCodeSettings {
    /// Whether it can be used.
    active: bool,
    /// How often it may be used; by default any number of times.
    #[serde(default)]
    limits: PromotionLimits,
    /// The first instant at which it cannot be used any more (RFC 3339); by default never.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(
        nullable = false,
        format = "date-time",
        examples("2027-06-30T00:00:00Z")
    )]
    expires_at: Option<String>,
}

/// How often a promotion code may be used; what is left out is not limited.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewPromotionLimits)]
pub struct PromotionLimits {
    /// By one account.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = i64, nullable = false, minimum = 1, maximum = 1_000_000_000, examples(1))]
    per_account: Option<WholeNumber>,
    /// By all accounts together.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = i64, nullable = false, minimum = 1, maximum = 1_000_000_000, examples(1000))]
    in_total: Option<WholeNumber>,
}

const MOST_USES: i64 = 1_000_000_000;

fn invalid(detail: &str) -> ApiError {
    ApiError::with_detail(ErrorCode::InvalidBody, format!("The body: {detail}"))
}

impl PromotionCodeRequest {
    /// Packages that are not for sale in any currency are refused: such a code would help nobody.
    pub fn read(self, packages: &[Package], actor: String) -> Result<NewPromotion, ApiError> {
        let code = PromotionCode::parse(&self.code);
        let code = code.map_err(|error| invalid(&format!("code: {error}.")))?;
        let effect = effect(self.percent_off, self.extra_credits.as_deref())?;
        Ok(NewPromotion {
            code,
            effect,
            goods: goods(self.package_ids, packages)?,
            audience: if self.first_purchase_only {
                Audience::FirstPurchase
            } else {
                Audience::Everyone
            },
            settings: PromotionCodeSettings {
                active: true,
                limits: self.limits,
                expires_at: self.expires_at,
            }
            .read()?,
            actor,
        })
    }
}

impl PromotionCodeSettings {
    pub fn read(self) -> Result<PromotionSettings, ApiError> {
        let expires_at = self.expires_at.map(|text| text.parse::<Instant>());
        Ok(PromotionSettings {
            is_active: self.active,
            most_per_account: limit("per_account", self.limits.per_account)?,
            most_in_total: limit("in_total", self.limits.in_total)?,
            ends_at: expires_at
                .transpose()
                .map_err(|_| invalid("expires_at is an instant such as 2027-06-30T00:00:00Z."))?,
        })
    }
}

fn effect(percent: Option<WholeNumber>, extra: Option<&str>) -> Result<Effect, ApiError> {
    match (percent, extra) {
        (Some(percent), None) => {
            let percent = Percent::new(percent.get());
            let percent = percent.map_err(|error| invalid(&format!("percent_off: {error}.")))?;
            Ok(Effect::PercentOff(percent))
        }
        (None, Some(extra)) => {
            let refusal = || invalid("extra_credits is more than 0 and less than 10000000.");
            let credits = extra.parse::<Credits>().map_err(|_| refusal())?;
            let most = Credits::from_whole(10_000_000).unwrap_or(Credits::MAX);
            if !credits.is_positive() || credits >= most {
                return Err(refusal());
            }
            Ok(Effect::ExtraCredits(credits))
        }
        _ => Err(ApiError::with_detail(
            ErrorCode::InvalidChoice,
            "A code has one of percent_off and extra_credits.",
        )),
    }
}

fn goods(ids: Option<BTreeSet<String>>, packages: &[Package]) -> Result<Goods, ApiError> {
    let Some(ids) = ids else {
        return Ok(Goods::EveryPackage);
    };
    if ids.is_empty() || ids.len() > MOST_PACKAGES {
        return Err(invalid("package_ids has 1 to 100 entries."));
    }
    let is_known = |id: &String| packages.iter().any(|package| package.id == *id);
    if !ids.iter().all(is_known) {
        return Err(ApiError::not_found("package"));
    }
    Ok(Goods::Packages(ids))
}

fn limit(member: &str, limit: Option<WholeNumber>) -> Result<Option<i64>, ApiError> {
    match limit.map(WholeNumber::get) {
        None => Ok(None),
        Some(most @ 1..=MOST_USES) => Ok(Some(most)),
        Some(_) => Err(invalid(&format!("limits: {member} is 1 to {MOST_USES}."))),
    }
}
