//! Wiring: what the handlers and workers share.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ledger::money::Currency;
use ledger::purchase::Tax;
use secrecy::SecretString;
use tokio::sync::Notify;

use crate::auth::{Authenticator, CursorSeal, SigningKey};
use crate::catalogue::Rates;
use crate::clock::Clock;
use crate::delivery::Dispatch;
use crate::live::Watchers;
use crate::page::Page;
use crate::payments::Payments;
use crate::store::Store;
use crate::writer::Writer;

pub struct App {
    pub store: Store,
    pub writer: Writer,
    pub payments: Payments,
    /// How people and the platform's own systems are told.
    pub dispatch: Dispatch,
    /// None: there are no webhooks, and no links in mails.
    pub signing_key: Option<SigningKey>,
    /// What work costs, kept up to date by a worker.
    pub rates: Rates,
    pub clock: Clock,
    pub authenticator: Authenticator,
    pub seal: CursorSeal,
    pub webhook_secrets: Vec<SecretString>,
    /// None: there is no page here.
    pub page: Option<Page>,
    /// Where browsers reach the service, without a slash at the end.
    pub public_url: String,
    pub cors_origins: Vec<String>,
    /// What is sold is priced in it unless the caller asks for another.
    pub currency: Currency,
    /// What Stripe is told of tax on what is sold.
    pub tax: Tax,
    /// Whether Stripe makes invoices of what is sold.
    pub invoices: bool,
    /// Whether real money moves.
    pub livemode: bool,
    /// Rung when an event of Stripe's was stored, so that it is worked off at once.
    pub inbox_bell: Arc<Notify>,
    /// Those who see the account live.
    pub watchers: Watchers,
    pub draining: AtomicBool,
}

impl App {
    /// From now on the process is not ready, so that nothing new is sent to it, and streams end: whoever
    /// read one comes back, to another process.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::SeqCst);
        self.watchers.close();
    }

    pub fn is_draining(&self) -> bool {
        self.draining.load(Ordering::SeqCst)
    }
}
