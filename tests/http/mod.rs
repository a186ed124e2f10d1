//! The API, as its callers meet it: the whole service runs, on either engine, against the Stripe
//! sandbox. A file for each resource, and one for each promise that all of them keep.

mod accounts;
mod authorisation;
mod balance;
mod captures;
mod checkout;
mod checkout_faults;
mod checkout_mismatches;
mod debit_batches;
mod debits;
mod due_holds;
mod errors;
mod errors_consuming;
mod errors_framework;
mod export;
mod foreign_things;
mod holds;
mod hostile_paths;
mod idempotency;
mod idempotency_checkout;
mod input;
mod input_bodies;
mod limits;
mod lots;
mod operations;
mod packages;
mod purchase_advice;
mod purchases;
mod quotes;
mod readiness;
mod refunds;
mod stripe_events;
mod usage_history;
mod usage_summary;
mod webhooks;
mod writer;
