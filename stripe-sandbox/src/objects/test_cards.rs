//! Stripe's test cards: what each number and each `pm_card_…` does. A number that isn't here is never charged.

use super::card::{Aftermath, Away, Behaviour, Card, Claim, Decline};

/// What a test card does when it is charged; the words of a refusal are Stripe's.
#[derive(Clone, Copy)]
enum Does {
    Pays,
    PaysThen(Aftermath),
    Authenticates(Away),
    AuthenticatesThenDeclines(&'static str, &'static str),
    /// Code, decline code, message.
    Declines(&'static str, &'static str, &'static str),
    DeclinesOnceSaved(&'static str, &'static str),
}

/// Number, brand, the names of its ready-made payment method, what it does, and a note for the list on the pay page.
type TestCard = (
    &'static str,
    &'static str,
    &'static [&'static str],
    Does,
    &'static str,
);

/// Every card worth trying by hand, with a note for people.
pub(crate) fn shown() -> impl Iterator<Item = (&'static str, &'static str)> {
    TEST_CARDS
        .iter()
        .map(|(number, .., note)| (*number, *note))
        .filter(|(_, note)| !note.is_empty())
}

pub(crate) fn by_number(number: &str, exp_month: i64, exp_year: i64) -> Option<Card> {
    TEST_CARDS
        .iter()
        .find(|(known, ..)| *known == number)
        .map(|card| made(card, exp_month, exp_year))
}

/// The card behind `pm_card_visa` and its kin, which never expires here.
pub(crate) fn by_name(name: &str, year: i64) -> Option<Card> {
    TEST_CARDS
        .iter()
        .find(|(_, _, names, ..)| names.contains(&name))
        .map(|card| made(card, 8, year.saturating_add(1)))
}

fn made((number, brand, _, does, _): &TestCard, exp_month: i64, exp_year: i64) -> Card {
    let aftermath = match does {
        Does::PaysThen(aftermath) => *aftermath,
        _ => Aftermath::Nothing,
    };
    Card {
        brand: (*brand).to_owned(),
        last4: number
            .chars()
            .skip(number.len().saturating_sub(4))
            .collect(),
        exp_month,
        exp_year,
        behaviour: behaviour(does),
        aftermath,
    }
}

fn behaviour(does: &Does) -> Behaviour {
    match does {
        Does::Pays | Does::PaysThen(_) => Behaviour::Pays,
        Does::Authenticates(away) => Behaviour::NeedsAuthentication {
            away: *away,
            then: None,
        },
        Does::AuthenticatesThenDeclines(decline_code, message) => Behaviour::NeedsAuthentication {
            away: Away::Asks,
            then: Some(Decline::new("card_declined", decline_code, message)),
        },
        Does::Declines(code, decline_code, message) => {
            Behaviour::Declines(Decline::new(code, decline_code, message))
        }
        Does::DeclinesOnceSaved(decline_code, message) => {
            Behaviour::DeclinesOnceSaved(Decline::new("card_declined", decline_code, message))
        }
    }
}

const DECLINED: &str = "Your card was declined.";

#[rustfmt::skip]
const TEST_CARDS: &[TestCard] = &[
    ("4242424242424242", "visa", &["pm_card_visa"], Does::Pays, "pays"),
    ("4000056655665556", "visa", &["pm_card_visa_debit"], Does::Pays, ""),
    ("5555555555554444", "mastercard", &["pm_card_mastercard"], Does::Pays, "pays (Mastercard)"),
    ("378282246310005", "amex", &["pm_card_amex"], Does::Pays, "pays (American Express, CVC of 4 digits)"),
    ("4000000000000077", "visa", &["pm_card_bypassPending"], Does::Pays, ""),

    ("4000000000000002", "visa", &["pm_card_chargeDeclined", "pm_card_visa_chargeDeclined"],
        Does::Declines("card_declined", "generic_decline", DECLINED), "is declined"),
    ("4000000000009995", "visa",
        &["pm_card_chargeDeclinedInsufficientFunds", "pm_card_visa_chargeDeclinedInsufficientFunds"],
        Does::Declines("card_declined", "insufficient_funds", "Your card has insufficient funds."),
        "is declined for lack of funds"),
    ("4000000000009987", "visa", &["pm_card_chargeDeclinedLostCard", "pm_card_visa_chargeDeclinedLostCard"],
        Does::Declines("card_declined", "lost_card", DECLINED), ""),
    ("4000000000009979", "visa", &["pm_card_chargeDeclinedStolenCard", "pm_card_visa_chargeDeclinedStolenCard"],
        Does::Declines("card_declined", "stolen_card", DECLINED), ""),
    ("4000000000000069", "visa", &["pm_card_chargeDeclinedExpiredCard", "pm_card_visa_chargeDeclinedExpiredCard"],
        Does::Declines("expired_card", "", "Your card has expired."), "is declined as expired"),
    ("4000000000000127", "visa", &["pm_card_chargeDeclinedIncorrectCvc", "pm_card_visa_chargeDeclinedIncorrectCvc"],
        Does::Declines("incorrect_cvc", "", "Your card's security code is incorrect."), "is declined for its CVC"),
    ("4000000000000119", "visa",
        &["pm_card_chargeDeclinedProcessingError", "pm_card_visa_chargeDeclinedProcessingError"],
        Does::Declines("processing_error", "",
            "An error occurred while processing your card. Try again in a little bit."), ""),
    ("4000000000006975", "visa", &["pm_card_visa_chargeDeclinedVelocityLimitExceeded"],
        Does::Declines("card_declined", "card_velocity_exceeded",
            "Your card was declined for making repeated attempts too frequently or exceeding its amount limit."), ""),
    ("4242424242424241", "visa", &[],
        Does::Declines("incorrect_number", "", "Your card number is incorrect."), ""),
    ("4000000000000341", "visa", &["pm_card_chargeCustomerFail", "pm_card_visa_chargeCustomerFail"],
        Does::DeclinesOnceSaved("generic_decline", DECLINED), "can be saved, but is declined"),

    ("4000002500003155", "visa", &["pm_card_authenticationRequiredOnSetup"],
        Does::Authenticates(Away::PaysOnceSetUp), "asks for authentication (3-D Secure)"),
    ("4000002760003184", "visa", &["pm_card_authenticationRequired", "pm_card_threeDSecure2Required"],
        Does::Authenticates(Away::Asks), "asks for authentication every time"),
    ("4000003800000446", "visa", &["pm_card_authenticationRequiredSetupForOffSession"],
        Does::Authenticates(Away::Pays), ""),
    ("4000008260003178", "visa", &["pm_card_authenticationRequiredChargeDeclinedInsufficientFunds"],
        Does::AuthenticatesThenDeclines("insufficient_funds", "Your card has insufficient funds."), ""),

    ("4000000000000259", "visa", &["pm_card_createDispute"],
        Does::PaysThen(Aftermath::Disputed(Claim::Fraudulent)), "pays, and is disputed as fraudulent"),
    ("4000000000002685", "visa", &["pm_card_createDisputeProductNotReceived"],
        Does::PaysThen(Aftermath::Disputed(Claim::NotReceived)), ""),
    ("4000000000001976", "visa", &["pm_card_createDisputeInquiry"],
        Does::PaysThen(Aftermath::Disputed(Claim::Inquiry)), "pays, and the bank inquires"),
    ("4000000000005423", "visa", &["pm_card_createIssuerFraudRecord"],
        Does::PaysThen(Aftermath::FraudWarning), "pays, and the bank warns of fraud"),
    ("4000000000007726", "visa", &["pm_card_pendingRefund"],
        Does::PaysThen(Aftermath::SlowRefund), "pays, and refunds take their time"),
    ("4000000000005126", "visa", &["pm_card_refundFail"],
        Does::PaysThen(Aftermath::FailingRefund), "pays, and refunds fail afterwards"),
];
