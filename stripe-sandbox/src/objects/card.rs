//! Stripe's test cards: what each number and each `pm_card_…` does. A number that isn't here is never charged.

use serde::{Deserialize, Serialize};

/// What the bank says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Behaviour {
    Pays,
    Declines(Decline),
    NeedsAuthentication,
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
}

/// One row of the table: number, brand, the names of its ready-made payment method, and what it does.
struct TestCard {
    number: &'static str,
    brand: &'static str,
    names: &'static [&'static str],
    behaviour: fn() -> Behaviour,
    /// Shown in the list on the pay page.
    note: &'static str,
}

/// Every card the sandbox knows, with a note for people.
pub(crate) fn shown() -> impl Iterator<Item = (&'static str, &'static str)> {
    TEST_CARDS
        .iter()
        .filter(|card| !card.note.is_empty())
        .map(|card| (card.number, card.note))
}

pub(crate) fn by_number(number: &str, exp_month: i64, exp_year: i64) -> Option<Card> {
    TEST_CARDS
        .iter()
        .find(|card| card.number == number)
        .map(|card| made(card, exp_month, exp_year))
}

/// The card behind `pm_card_visa` and its kin, which never expires here.
pub(crate) fn by_name(name: &str, year: i64) -> Option<Card> {
    TEST_CARDS
        .iter()
        .find(|card| card.names.contains(&name))
        .map(|card| made(card, 8, year.saturating_add(1)))
}

fn made(card: &TestCard, exp_month: i64, exp_year: i64) -> Card {
    Card {
        brand: card.brand.to_owned(),
        last4: card
            .number
            .chars()
            .skip(card.number.len().saturating_sub(4))
            .collect(),
        exp_month,
        exp_year,
        behaviour: (card.behaviour)(),
    }
}

fn pays() -> Behaviour {
    Behaviour::Pays
}

fn authenticates() -> Behaviour {
    Behaviour::NeedsAuthentication
}

macro_rules! declines {
    ($code:literal, $decline_code:literal, $message:literal) => {
        || Behaviour::Declines(Decline::new($code, $decline_code, $message))
    };
}

const TEST_CARDS: [TestCard; 14] = [
    TestCard {
        number: "4242424242424242",
        brand: "visa",
        names: &["pm_card_visa"],
        behaviour: pays,
        note: "pays",
    },
    TestCard {
        number: "4000056655665556",
        brand: "visa",
        names: &["pm_card_visa_debit"],
        behaviour: pays,
        note: "",
    },
    TestCard {
        number: "5555555555554444",
        brand: "mastercard",
        names: &["pm_card_mastercard"],
        behaviour: pays,
        note: "pays (Mastercard)",
    },
    TestCard {
        number: "378282246310005",
        brand: "amex",
        names: &["pm_card_amex"],
        behaviour: pays,
        note: "pays (American Express, CVC of 4 digits)",
    },
    TestCard {
        number: "4000000000000077",
        brand: "visa",
        names: &["pm_card_bypassPending"],
        behaviour: pays,
        note: "",
    },
    TestCard {
        number: "4000000000000002",
        brand: "visa",
        names: &["pm_card_chargeDeclined", "pm_card_visa_chargeDeclined"],
        behaviour: declines!(
            "card_declined",
            "generic_decline",
            "Your card was declined."
        ),
        note: "is declined",
    },
    TestCard {
        number: "4000000000009995",
        brand: "visa",
        names: &[
            "pm_card_chargeDeclinedInsufficientFunds",
            "pm_card_visa_chargeDeclinedInsufficientFunds",
        ],
        behaviour: declines!(
            "card_declined",
            "insufficient_funds",
            "Your card has insufficient funds."
        ),
        note: "is declined for lack of funds",
    },
    TestCard {
        number: "4000000000009987",
        brand: "visa",
        names: &[
            "pm_card_chargeDeclinedLostCard",
            "pm_card_visa_chargeDeclinedLostCard",
        ],
        behaviour: declines!("card_declined", "lost_card", "Your card was declined."),
        note: "",
    },
    TestCard {
        number: "4000000000009979",
        brand: "visa",
        names: &[
            "pm_card_chargeDeclinedStolenCard",
            "pm_card_visa_chargeDeclinedStolenCard",
        ],
        behaviour: declines!("card_declined", "stolen_card", "Your card was declined."),
        note: "",
    },
    TestCard {
        number: "4000000000000069",
        brand: "visa",
        names: &[
            "pm_card_chargeDeclinedExpiredCard",
            "pm_card_visa_chargeDeclinedExpiredCard",
        ],
        behaviour: declines!("expired_card", "", "Your card has expired."),
        note: "is declined as expired",
    },
    TestCard {
        number: "4000000000000127",
        brand: "visa",
        names: &[
            "pm_card_chargeDeclinedIncorrectCvc",
            "pm_card_visa_chargeDeclinedIncorrectCvc",
        ],
        behaviour: declines!(
            "incorrect_cvc",
            "",
            "Your card's security code is incorrect."
        ),
        note: "is declined for its CVC",
    },
    TestCard {
        number: "4000000000000119",
        brand: "visa",
        names: &[
            "pm_card_chargeDeclinedProcessingError",
            "pm_card_visa_chargeDeclinedProcessingError",
        ],
        behaviour: declines!(
            "processing_error",
            "",
            "An error occurred while processing your card. Try again in a little bit."
        ),
        note: "",
    },
    TestCard {
        number: "4000002500003155",
        brand: "visa",
        names: &["pm_card_authenticationRequiredOnSetup"],
        behaviour: authenticates,
        note: "asks for authentication (3-D Secure)",
    },
    TestCard {
        number: "4000002760003184",
        brand: "visa",
        names: &[
            "pm_card_authenticationRequired",
            "pm_card_threeDSecure2Required",
        ],
        behaviour: authenticates,
        note: "",
    },
];
