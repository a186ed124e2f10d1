//! One invoice as Stripe showed it at some moment: a paper for the payer's books. It decides nothing.

/// Ordered so that the address, once known, stays known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct InvoiceSnapshot {
    pub id: String,
    /// Where the payer sees it, and gets it as a document.
    pub hosted_url: Option<String>,
}
