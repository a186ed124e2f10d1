//! By which way a purchase is paid. It decides which of Stripe's objects is believed when it says that
//! there was money.

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lane {
    /// By its buyer, on Stripe's page: the checkout session's word counts, and no payment intent's.
    Checkout,
    /// By a saved card, with nobody there: the payment intent's word counts. Where the card's owner
    /// has to confirm, a checkout session may pay for it after all.
    Recharge(SavedCard),
}

/// What an auto-recharge charges, as it was when the purchase was opened: the call to Stripe is the
/// same every time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedCard {
    pub customer_id: String,
    pub payment_method_id: String,
}
