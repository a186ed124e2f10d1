//! A code as a buyer sends it: looked up, and held against a package before anything is bought.

use ledger::credits::Credits;
use ledger::money::Money;
use ledger::promotion::{Promotion, PromotionCode, PromotionRefusal};

use super::super::currencies::Asked;
use super::super::error::ApiError;
use crate::app::App;
use crate::auth::Caller;
use crate::catalogue::Package;

pub fn parse(text: &str, asked: Asked) -> Result<PromotionCode, ApiError> {
    PromotionCode::parse(text).map_err(|error| asked.is_wrong(&format!("promotion_code: {error}.")))
}

pub async fn find(app: &App, code: &PromotionCode) -> Result<Promotion, ApiError> {
    let known = app.store.promotion(code).await?;
    known.ok_or_else(|| ApiError::not_found("promotion code"))
}

/// A code that the caller may use for some package now.
pub struct Usable {
    promotion: Promotion,
}

impl Usable {
    /// # Errors
    /// If the code does not exist, or the caller could use it for none of the packages.
    pub async fn of(
        app: &App,
        caller: &Caller,
        code: &PromotionCode,
        packages: &[Package],
    ) -> Result<Usable, ApiError> {
        let promotion = find(app, code).await?;
        let standing = app.store.standing(&caller.account_id).await?;
        let now = app.clock.now();
        let mut refusal = None;
        for package in packages {
            let id = Some(package.id.as_str());
            match promotion.check(id, &standing, promotion.used, now) {
                Ok(()) => return Ok(Usable { promotion }),
                // Of several reasons that which is not of this one package alone.
                Err(refused) => {
                    let of_the_code =
                        refusal.filter(|it| *it != PromotionRefusal::IsNotForTheseGoods);
                    refusal = of_the_code.or(Some(refused));
                }
            }
        }
        Err(refusal.map_or_else(|| ApiError::not_found("promotion code"), ApiError::from))
    }

    /// The package's price and bonus with the code, if it is for the package.
    pub fn applied(&self, package: &Package, least: Money) -> Option<(Money, Credits)> {
        let id = Some(package.id.as_str());
        let (price, redemption) = self.promotion.apply(id, package.price, least).ok()?;
        Some((price, package.bonus.checked_add(redemption.extra)?))
    }

    pub const fn promotion(&self) -> &Promotion {
        &self.promotion
    }
}
