//! A card and what its bank will do; which number does what is said in `test_cards`.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::wire::error::doc_url;

/// What the bank says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Behaviour {
    Pays,
    Declines(Decline),
    /// Can be saved, but no charge succeeds.
    DeclinesOnceSaved(Decline),
    NeedsAuthentication {
        away: Away,
        /// What the bank says although the payer has approved.
        then: Option<Decline>,
    },
}

/// What a card that asks for authentication does when its payer isn't there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Away {
    Asks,
    /// Pays if the payer has approved when the card was saved.
    PaysOnceSetUp,
    Pays,
}

/// What becomes of a payment that succeeded, without anybody's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Aftermath {
    Nothing,
    Disputed(Claim),
    /// The payer's bank warns of fraud; no money moves.
    FraudWarning,
    /// A refund begins as pending and succeeds later.
    SlowRefund,
    /// A refund succeeds and fails later.
    FailingRefund,
}

/// How a payment is disputed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Claim {
    Fraudulent,
    NotReceived,
    Inquiry,
}

/// A refusal in Stripe's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Decline {
    pub(crate) code: String,
    pub(crate) decline_code: Option<String>,
    pub(crate) message: String,
}

impl Decline {
    pub(crate) fn new(code: &str, decline_code: &str, message: &str) -> Decline {
        Decline {
            code: code.to_owned(),
            decline_code: (!decline_code.is_empty()).then(|| decline_code.to_owned()),
            message: message.to_owned(),
        }
    }

    /// Stripe's error object, without what it was about.
    pub(crate) fn view(&self) -> Value {
        let mut object = json!({
            "code": self.code,
            "doc_url": doc_url(&self.code),
            "message": self.message,
            "type": "card_error",
        });
        if let Some(fields) = object.as_object_mut() {
            if let Some(advice) = self.advice_code() {
                fields.insert("advice_code".into(), json!(advice));
            }
            if let Some(decline_code) = &self.decline_code {
                fields.insert("decline_code".into(), json!(decline_code));
            }
        }
        object
    }

    /// The bank wants the payer, who isn't there.
    pub(crate) fn authentication_required() -> Decline {
        Decline::new(
            "authentication_required",
            "authentication_required",
            "Your card was declined. This transaction requires authentication.",
        )
    }

    /// The payer, asked by their bank, said no.
    pub(crate) fn authentication_failed(code: &str) -> Decline {
        Decline::new(
            code,
            "",
            "We are unable to authenticate your payment method. Choose another one and try again.",
        )
    }

    /// Stripe's advice on whether another try makes sense.
    pub(crate) fn advice_code(&self) -> Option<&'static str> {
        match self.decline_code.as_deref().unwrap_or(&self.code) {
            "generic_decline"
            | "insufficient_funds"
            | "card_velocity_exceeded"
            | "processing_error" => Some("try_again_later"),
            "lost_card" | "stolen_card" | "expired_card" => Some("do_not_try_again"),
            "incorrect_cvc" | "incorrect_number" => Some("confirm_card_data"),
            _ => None,
        }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Card {
    pub(crate) brand: String,
    pub(crate) last4: String,
    pub(crate) exp_month: i64,
    pub(crate) exp_year: i64,
    pub(crate) behaviour: Behaviour,
    pub(crate) aftermath: Aftermath,
}
