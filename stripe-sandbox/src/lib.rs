//! A stateful double that speaks Stripe's HTTP wire, for development and tests; it must never touch real money.
//!
//! Production code talks to it exactly as to `api.stripe.com`; only the base URL differs. The rooms:
//!
//! | folder | what lives there |
//! |---|---|
//! | `wire` | form decoding, errors, idempotency, expansion, pagination: how Stripe speaks |
//! | `objects` | the records kept, and the Stripe object each is shown as |
//! | `payments` | what happens when somebody pays: the only code that moves a payment on |
//! | `http` | the routes under `/v1` |
//! | `pay_page` | the hosted page behind a session's `url` |
//! | `delivery` | signed webhooks with retries |
//! | `control` | `/_sandbox/`: clock, faults, webhook behaviour; nothing of it exists at Stripe |
//! | `store` | one redb file; a change and its events are one durable transaction |
#![recursion_limit = "512"]

mod clock;
mod control;
mod core;
mod delivery;
mod http;
mod objects;
mod pay_page;
mod payments;
mod sandbox;
mod store;
mod target;
mod wire;

pub use sandbox::{Sandbox, SandboxConfig, SandboxError};
pub use target::WebhookTarget;
