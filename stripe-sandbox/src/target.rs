//! Who is told of events; it must not know when or how.

/// Where an event is sent, and the whole secret (`whsec_…`) it is signed with.
#[derive(Clone, Debug)]
pub struct WebhookTarget {
    /// Address that receives the `POST`.
    pub url: String,
    /// Signing secret, prefix included, as Stripe shows it.
    pub secret: String,
}
