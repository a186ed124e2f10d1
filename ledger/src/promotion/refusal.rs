//! Why a code cannot be used: each variant is a sentence with the numbers a buyer needs.

use crate::instant::Instant;
use crate::money::Money;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PromotionRefusal {
    #[error("the code is not in use any more")]
    IsNotActive,
    #[error("the code ended on {at}")]
    HasEnded { at: Instant },
    #[error("the code is not for what is bought")]
    IsNotForTheseGoods,
    #[error("the code is for a first purchase")]
    IsForAFirstPurchase,
    #[error("the code can be used {most} times by one account and was used {used} times")]
    AccountHasUsedItUp { most: i64, used: i64 },
    #[error("the code can be used {most} times in all and was used {used} times")]
    IsUsedUp { most: i64, used: i64 },
    #[error(
        "with the code the price is {} {}, and less than {} {} cannot be charged",
        price.amount_minor, price.currency, least.amount_minor, least.currency
    )]
    PriceWouldBeTooSmall { price: Money, least: Money },
}
