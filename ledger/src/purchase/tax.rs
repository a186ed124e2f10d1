//! Whether Stripe adds tax to a price. Tax is Stripe's business and the state's: it never changes how
//! many credits are granted, nor what our price is.

use super::SessionSnapshot;

/// Agreed with the price, because the call to Stripe must be the same when it is repeated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tax {
    /// The payer pays the price, and Stripe computes no tax.
    #[default]
    Off,
    /// Stripe adds the tax of the payer's place to the price.
    OnTop,
    /// The price holds the tax of the payer's place.
    Included,
}

impl Tax {
    /// What of the session's total stands against our price: all of it, but for tax on top. `None`
    /// where Stripe did not say, or says something that no tax is.
    pub(super) fn price_in(self, session: &SessionSnapshot) -> Option<i64> {
        let total = session.amount_total_minor?;
        match self {
            Tax::Off | Tax::Included => Some(total),
            Tax::OnTop => {
                let tax = session.amount_tax_minor.filter(|tax| *tax >= 0)?;
                total.checked_sub(tax)
            }
        }
    }
}
