//! A card and what its bank will do; which number does what is said in `test_cards`.

use serde::{Deserialize, Serialize};

/// What the bank says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Behaviour {
    Pays,
    Declines(Decline),
    NeedsAuthentication,
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
