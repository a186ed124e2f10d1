//! What somebody sets their auto-recharge to, as they send it: read, and refused with a sentence where
//! nothing is sold that way.

use ledger::command::Action;
use ledger::credits::Credits;
use ledger::money::Money;
use ledger::recharge::{Amount, Settings};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::error::{ApiError, ErrorCode};
use super::packages::whole_credits;
use super::whole_number::WholeNumber;
use crate::catalogue::Catalogue;
use crate::wire::{CreditsView, MoneyView, present};

/// When to recharge, by how much, and up to what cost. Of `credits` and `up_to` one is named.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewAutoRechargeSettings)]
pub struct AutoRechargeRequest {
    enabled: bool,
    /// It recharges as soon as less than this is available.
    #[schema(pattern = r"^(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?$", examples("100"))]
    threshold: String,
    /// How many credits to buy each time: a whole number.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(nullable = false, pattern = "^[1-9][0-9]{0,9}$", examples("500"))]
    credits: Option<String>,
    /// Instead: buy as many whole credits as bring what is available to this.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(
        nullable = false,
        pattern = r"^(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?$",
        examples("1000")
    )]
    up_to: Option<String>,
    monthly_cap: CapRequest,
}

/// The most that may be spent in a cycle of the account.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewMonthlyCap)]
struct CapRequest {
    /// In minor units of the currency.
    #[schema(value_type = i64, minimum = 1, maximum = 1_000_000_000, examples(10000))]
    amount: WholeNumber,
    /// ISO 4217: the currency to pay in, one of `currencies` in the list of packages.
    #[schema(pattern = "^[a-z]{3}$", examples("usd"))]
    currency: String,
}

/// What an auto-recharge is set to.
#[derive(Serialize, ToSchema)]
#[schema(as = AutoRechargeSettings)]
pub struct AutoRechargeSettingsView {
    pub enabled: bool,
    /// It recharges as soon as less than this is available.
    pub threshold: CreditsView,
    /// How many credits it buys each time.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub credits: Option<CreditsView>,
    /// Or: what it brings the available credits to.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub up_to: Option<CreditsView>,
    /// The most that it spends in a cycle of the account.
    pub monthly_cap: MoneyView,
}

const MOST_SPENT: i64 = 1_000_000_000;

impl AutoRechargeRequest {
    /// The currency of the cap, which is the one that it buys in.
    pub fn currency(&self) -> &str {
        &self.monthly_cap.currency
    }

    /// What the ledger is to be told, as far as it is sold. The catalogue is that of the cap's currency.
    pub fn action(self, catalogue: &Catalogue) -> Result<Action, ApiError> {
        let amount = match (&self.credits, &self.up_to) {
            (Some(credits), None) => {
                let count = whole_credits(credits)
                    .map_err(|detail| invalid(&format!("credits: {detail}")))?;
                catalogue.prices.price(count)?;
                Amount::Fixed(count)
            }
            (None, Some(target)) => Amount::UpTo(credits("up_to", target)?),
            _ => return Err(invalid("name one of credits and up_to.")),
        };
        let amount_minor = self.monthly_cap.amount.get();
        if amount_minor > MOST_SPENT {
            let detail = format!("monthly_cap.amount: it is at most {MOST_SPENT}.");
            return Err(invalid(&detail));
        }
        Ok(Action::ConfigureRecharge(Settings {
            enabled: self.enabled,
            threshold: credits("threshold", &self.threshold)?,
            amount,
            cycle_cap: Money {
                amount_minor,
                currency: catalogue.prices.currency(),
            },
        }))
    }
}

impl From<&Settings> for AutoRechargeSettingsView {
    fn from(settings: &Settings) -> AutoRechargeSettingsView {
        let (credits, up_to) = match settings.amount {
            Amount::Fixed(count) => (Credits::from_whole(count), None),
            Amount::UpTo(target) => (None, Some(target)),
        };
        AutoRechargeSettingsView {
            enabled: settings.enabled,
            threshold: settings.threshold.into(),
            credits: credits.map(CreditsView::from),
            up_to: up_to.map(CreditsView::from),
            monthly_cap: settings.cycle_cap.into(),
        }
    }
}

fn credits(name: &str, text: &str) -> Result<Credits, ApiError> {
    text.parse()
        .map_err(|error| invalid(&format!("{name}: {error}.")))
}

fn invalid(detail: &str) -> ApiError {
    ApiError::with_detail(ErrorCode::InvalidBody, format!("The body: {detail}"))
}
