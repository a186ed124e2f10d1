//! I5 and I6: a purchase was granted once at most, for exactly the credits of its snapshot, and
//! only on a paid checkout session of the same price, currency and mode, of an auto-recharge on such a
//! payment with the saved card, or on one of its mode that an administrator accepted. What Stripe says about
//! credits is never looked at: there is nothing in it that could be.

use std::collections::BTreeMap;

use ledger::credits::Credits;
use ledger::entry::{Entry, EntryKind};
use ledger::ids::{AccountId, LotId, PurchaseId};
use ledger::lot::{Lot, Source};
use ledger::money::Currency;
use ledger::purchase::{
    Lane, PaymentIntentSnapshot, PaymentIntentState, Purchase, Ruling, SessionSnapshot,
    SessionState, Tax,
};

use super::Violation;

pub struct Grants {
    account_id: AccountId,
    /// The entry that granted each purchase, and how much.
    granted: BTreeMap<PurchaseId, (i64, Credits)>,
    /// Entries of grants that nobody paid for, with the lots that they name.
    given: Vec<(i64, Vec<LotId>)>,
    found: Vec<Violation>,
}

impl Grants {
    pub const fn new(account_id: AccountId) -> Grants {
        Grants {
            account_id,
            granted: BTreeMap::new(),
            given: Vec::new(),
            found: Vec::new(),
        }
    }

    pub fn see(&mut self, entry: &Entry) {
        if entry.body.kind != EntryKind::Grant {
            return;
        }
        let place = format!("entry {}", entry.sequence);
        let Some(purchase) = entry.body.purchase_id else {
            if entry.body.actor.is_none() {
                let detail = "it names neither a purchase nor who gave the credits";
                self.report("I6", place, detail);
            }
            let lots = entry.body.lots.iter().map(|lot| lot.lot_id);
            self.given.push((entry.sequence, lots.collect()));
            return;
        };
        match self.granted.get(&purchase) {
            Some((first, _)) => {
                let detail = format!("it grants purchase {purchase}, which entry {first} granted");
                self.report("I5", place, detail);
            }
            None => {
                let grant = (entry.sequence, entry.body.amount);
                self.granted.insert(purchase, grant);
            }
        }
    }

    pub fn finish(mut self, lots: &[Lot], purchases: &[Purchase]) -> Vec<Violation> {
        self.check_lots(lots);
        self.check_gifts(lots);
        for purchase in purchases {
            let id = purchase.terms.purchase_id;
            let grant = self.granted.remove(&id);
            if let Some(detail) = what_is_wrong(purchase, grant) {
                self.report("I6", format!("purchase {id}"), detail);
            }
        }
        for (purchase, (sequence, _)) in std::mem::take(&mut self.granted) {
            let detail = format!("it grants purchase {purchase}, which does not exist");
            self.report("I6", format!("entry {sequence}"), detail);
        }
        self.found
    }

    /// The lots' half of I5: of each purchase one lot of bought credits, and one of its bonus.
    fn check_lots(&mut self, lots: &[Lot]) {
        let mut bought = BTreeMap::new();
        for lot in lots {
            let place = format!("lot {}", lot.id);
            let is_bonus = lot.source == Source::Bonus;
            match (lot.source, lot.purchase_id) {
                (Source::Purchase | Source::Bonus, Some(purchase)) => {
                    if let Some(first) = bought.insert((purchase, is_bonus), lot.id) {
                        let detail = format!("purchase {purchase} has lot {first} already");
                        self.report("I5", place, detail);
                    }
                }
                (Source::Purchase, None) => {
                    self.report("I6", place, "it was bought, and names no purchase");
                }
                _ => {}
            }
        }
    }

    /// What nobody paid for is in lots of promotions, and in none of a purchase.
    fn check_gifts(&mut self, lots: &[Lot]) {
        for (sequence, named) in std::mem::take(&mut self.given) {
            let is_a_gift =
                |lot: &&Lot| lot.source == Source::Promotion && lot.purchase_id.is_none();
            let gifts = lots.iter().filter(|lot| named.contains(&lot.id));
            if gifts.filter(is_a_gift).count() != named.len() {
                let detail = "it grants bought credits and names no purchase";
                self.report("I6", format!("entry {sequence}"), detail);
            }
        }
    }

    fn report(&mut self, invariant: &'static str, place: String, detail: impl std::fmt::Display) {
        let violation = Violation::new(invariant, &self.account_id, place, detail);
        self.found.push(violation);
    }
}

fn what_is_wrong(purchase: &Purchase, grant: Option<(i64, Credits)>) -> Option<String> {
    let granted = grant.map_or(Credits::ZERO, |(_, credits)| credits);
    if purchase.posted != granted {
        return Some(format!(
            "{} credits are posted for it and its entry granted {granted}",
            purchase.posted
        ));
    }
    let clawed = purchase.clawed.total();
    if clawed.is_none_or(|clawed| clawed > granted) {
        return Some(format!(
            "more was taken back than the {granted} that were granted"
        ));
    }
    let (sequence, _) = grant?;
    let terms = &purchase.terms;
    let agreed = terms.credits.checked_add(terms.bonus);
    if agreed != Some(granted) {
        return Some(format!(
            "entry {sequence} granted {granted} for it, and {} and {} were agreed",
            terms.credits, terms.bonus
        ));
    }
    let mut sessions = purchase.facts.sessions.values();
    let mut intents = purchase.facts.payment_intents.values();
    if sessions.any(|session| pays(purchase, session))
        || intents.any(|intent| pays_with_saved_card(purchase, intent))
    {
        None
    } else {
        Some(format!(
            "entry {sequence} granted it, and no payment of {} {} in its mode is stored",
            terms.price.amount_minor, terms.price.currency
        ))
    }
}

fn pays(purchase: &Purchase, session: &SessionSnapshot) -> bool {
    let price = &purchase.terms.price;
    let paid = match session.state {
        SessionState::CompletePaid => true,
        SessionState::CompleteNoPaymentRequired => price.amount_minor == 0,
        _ => false,
    };
    let currency = session.currency.as_deref().map(Currency::parse);
    let agrees = paid
        && amount_before_tax(purchase.terms.tax, session) == Some(price.amount_minor)
        && currency == Some(Ok(price.currency));
    let accepted = purchase.facts.ruling_on(&session.id) == Some(Ruling::Accepted);
    session.livemode == purchase.terms.livemode && (agrees || accepted)
}

/// What of the total stands against the price.
fn amount_before_tax(tax: Tax, session: &SessionSnapshot) -> Option<i64> {
    let total = session.amount_total_minor?;
    match tax {
        Tax::Off | Tax::Included => Some(total),
        Tax::OnTop => total.checked_sub(session.amount_tax_minor?),
    }
}

fn pays_with_saved_card(purchase: &Purchase, intent: &PaymentIntentSnapshot) -> bool {
    let price = &purchase.terms.price;
    let is_ours = matches!(purchase.terms.lane, Lane::Recharge(_))
        && intent.state == PaymentIntentState::Succeeded
        && intent.purchase_id == Some(purchase.terms.purchase_id.to_string());
    let accepted = purchase.facts.ruling_on(&intent.id) == Some(Ruling::Accepted);
    is_ours
        && intent.charged.as_ref().is_some_and(|charged| {
            let agrees = charged.amount_minor == price.amount_minor
                && Currency::parse(&charged.currency) == Ok(price.currency);
            charged.livemode == purchase.terms.livemode && (agrees || accepted)
        })
}
