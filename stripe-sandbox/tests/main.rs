//! The sandbox from outside: every test starts its own on a free port and speaks HTTP with it.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that can't go on fails"
)]

mod support;

mod async_stripe_client;
mod control;
mod customers;
mod delivery;
mod disputes;
mod durability;
mod early_fraud_warnings;
mod errors;
mod idempotency;
mod invoices;
mod lists;
mod pay_page;
mod pay_page_ways;
mod payment_intents;
mod refunds;
mod saved_cards;
mod sessions;
mod setup;
mod shapes;
mod test_clocks;
