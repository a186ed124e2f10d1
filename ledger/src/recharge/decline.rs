//! What follows from a declined card, by the codes Stripe documents (docs.stripe.com/declines/codes
//! and docs.stripe.com/error-codes). One table: the policy and the documentation both read it.

/// Why a charge did not go through, in Stripe's words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decline {
    /// The issuer's reason if there is one, else Stripe's error code.
    pub code: String,
    /// What Stripe advises to do about it.
    pub advice: Option<Advice>,
}

/// Stripe's `advice_code`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Advice {
    TryAgainLater,
    ConfirmCardData,
    DoNotTryAgain,
}

/// What a decline means for the next attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Consequence {
    /// The same card may be charged again after a pause.
    Pause,
    /// The card's owner has to confirm this payment.
    Authenticate,
    /// This card is never charged again.
    Suspend,
}

impl Advice {
    /// An advice that is not known is none.
    pub fn parse(text: &str) -> Option<Advice> {
        match text {
            "try_again_later" => Some(Advice::TryAgainLater),
            "confirm_card_data" => Some(Advice::ConfirmCardData),
            "do_not_try_again" => Some(Advice::DoNotTryAgain),
            _ => None,
        }
    }

    pub const fn as_str(self) -> &'static str {
        match self {
            Advice::TryAgainLater => "try_again_later",
            Advice::ConfirmCardData => "confirm_card_data",
            Advice::DoNotTryAgain => "do_not_try_again",
        }
    }
}

impl Decline {
    pub fn of_code(code: &str) -> Decline {
        Decline {
            code: code.to_owned(),
            advice: None,
        }
    }

    /// Advice against charging the card again counts for more than the code; a code that is not in the
    /// table is worth another attempt, of which there are few.
    pub fn consequence(&self) -> Consequence {
        match self.advice {
            Some(Advice::DoNotTryAgain | Advice::ConfirmCardData) => Consequence::Suspend,
            Some(Advice::TryAgainLater) | None => DECLINES
                .iter()
                .find(|(code, _)| *code == self.code)
                .map_or(Consequence::Pause, |(_, consequence)| *consequence),
        }
    }
}

use Consequence::{Authenticate, Pause, Suspend};

/// In alphabetical order.
pub const DECLINES: &[(&str, Consequence)] = &[
    ("approve_with_id", Pause),
    ("authentication_not_handled", Authenticate),
    ("authentication_required", Authenticate),
    ("call_issuer", Pause),
    ("card_declined", Pause),
    ("card_not_supported", Suspend),
    ("card_velocity_exceeded", Pause),
    ("currency_not_supported", Suspend),
    ("do_not_honor", Pause),
    ("do_not_try_again", Suspend),
    ("duplicate_transaction", Pause),
    ("expired_card", Suspend),
    ("fraudulent", Suspend),
    ("generic_decline", Pause),
    ("incorrect_address", Suspend),
    ("incorrect_cvc", Suspend),
    ("incorrect_number", Suspend),
    ("incorrect_pin", Suspend),
    ("incorrect_zip", Suspend),
    ("insufficient_funds", Pause),
    ("invalid_account", Suspend),
    ("invalid_amount", Pause),
    ("invalid_cvc", Suspend),
    ("invalid_expiry_month", Suspend),
    ("invalid_expiry_year", Suspend),
    ("invalid_number", Suspend),
    ("invalid_pin", Suspend),
    ("issuer_not_available", Pause),
    ("lost_card", Suspend),
    ("merchant_blacklist", Suspend),
    ("new_account_information_available", Suspend),
    ("no_action_taken", Pause),
    ("not_permitted", Pause),
    ("offline_pin_required", Suspend),
    ("online_or_offline_pin_required", Suspend),
    ("payment_intent_authentication_failure", Authenticate),
    // The payment method is gone, or has no customer any more.
    ("payment_method_unactivated", Suspend),
    ("payment_method_unexpected_state", Suspend),
    ("pickup_card", Suspend),
    ("pin_try_exceeded", Suspend),
    ("processing_error", Pause),
    ("reenter_transaction", Pause),
    ("resource_missing", Suspend),
    ("restricted_card", Suspend),
    ("revocation_of_all_authorizations", Suspend),
    ("revocation_of_authorization", Suspend),
    ("security_violation", Suspend),
    ("service_not_allowed", Pause),
    ("stolen_card", Suspend),
    ("stop_payment_order", Suspend),
    ("testmode_decline", Suspend),
    ("transaction_not_allowed", Pause),
    ("try_again_later", Pause),
    ("withdrawal_count_limit_exceeded", Pause),
];
