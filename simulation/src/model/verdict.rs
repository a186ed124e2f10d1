//! What a purchase's facts add up to: read off the flaws that a story's sessions are known to have,
//! and never off the snapshots that the ledger reads.

use ledger::purchase::{
    DisputeState, Facts, PaymentIntentState, PurchaseStatus, RefundState, ReviewReason, Ruling,
    SessionSnapshot, SessionState, Terms,
};

use crate::offers::{self, Flaw};

pub(super) struct Verdict {
    pub status: PurchaseStatus,
    pub is_paid: bool,
    /// The session whose money it is.
    pub granted: Option<String>,
    pub review: Option<ReviewReason>,
    /// Of each `of` parts of what was granted: so many are taken back, and so many frozen.
    pub back: Back,
}

/// Of one payment, in minor units.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Back {
    pub gone: i128,
    pub disputed: i128,
    pub of: i128,
}

impl Back {
    const fn is_all(&self) -> bool {
        self.of > 0 && self.gone == self.of
    }
}

pub(super) fn verdict(terms: &Terms, facts: &Facts) -> Verdict {
    let sessions: Vec<&SessionSnapshot> = facts.sessions.values().collect();
    let pays = |session: &&SessionSnapshot| match questionable(terms, session) {
        Some(reason) => ruling(session, facts) == Some(Ruling::Accepted) && can_be_accepted(reason),
        None => has_money(terms, session),
    };
    let is_rejected = |session: &SessionSnapshot| ruling(session, facts) == Some(Ruling::Rejected);
    let paying = sessions.iter().copied().filter(|session| pays(session));
    let granted = paying.min_by_key(|session| {
        let money = back(session, facts);
        (is_rejected(session), money, session.id.clone())
    });

    let mut reasons = Vec::new();
    let mut waiting = Vec::new();
    let mut money_beside = false;
    for session in &sessions {
        let is_granted = granted.is_some_and(|granted| granted.id == session.id);
        if is_granted {
            continue;
        }
        let is_returned = back(session, facts).is_all();
        let holds_money = session.state == SessionState::CompletePaid && !is_returned;
        money_beside |= holds_money && !is_rejected(session);
        if pays(session) {
            continue;
        }
        match session.state {
            SessionState::CompletePaid
            | SessionState::CompleteNoPaymentRequired
            | SessionState::CompleteUnknown => match (is_returned, is_rejected(session)) {
                (true, _) => waiting.push(PurchaseStatus::Refunded),
                (false, true) => waiting.push(PurchaseStatus::Failed),
                (false, false) => reasons.push(reason(terms, session)),
            },
            _ if misnamed(terms, session).is_none() => waiting.push(progress(session, facts)),
            _ => {}
        }
    }
    let first_reason = reasons.into_iter().min();
    if let Some(granted) = granted {
        let back = back(granted, facts);
        return Verdict {
            status: match (back.is_all(), back.disputed > 0) {
                (true, _) => PurchaseStatus::Refunded,
                (false, true) => PurchaseStatus::Disputed,
                (false, false) => PurchaseStatus::Paid,
            },
            is_paid: true,
            granted: Some(granted.id.clone()),
            review: match money_beside {
                true => Some(ReviewReason::DuplicatePayment),
                false => first_reason,
            },
            back,
        };
    }
    let heard_nothing = match terms.session_id {
        Some(_) => PurchaseStatus::Open,
        None => PurchaseStatus::Created,
    };
    Verdict {
        status: match first_reason {
            Some(_) => PurchaseStatus::Review,
            None => waiting.into_iter().max().unwrap_or(heard_nothing),
        },
        is_paid: false,
        granted: None,
        review: first_reason,
        back: Back::default(),
    }
}

/// What a person with this ruling has to look at, with why: sessions that none was made on, or a
/// lesser one, and whose money is not all back.
pub(super) fn before_a_person(
    terms: &Terms,
    facts: &Facts,
    new: Ruling,
) -> Vec<(String, ReviewReason)> {
    let granted = verdict(terms, facts).granted;
    let mut waiting = Vec::new();
    for session in facts.sessions.values() {
        let is_open = match ruling(session, facts) {
            None => true,
            Some(Ruling::Rejected) => new == Ruling::Accepted,
            Some(Ruling::Accepted) => false,
        };
        if !is_open || back(session, facts).is_all() {
            continue;
        }
        let is_second = granted.as_ref().is_some_and(|id| *id != session.id);
        if is_second && session.state == SessionState::CompletePaid {
            waiting.push((session.id.clone(), ReviewReason::DuplicatePayment));
        } else if let Some(reason) = questionable(terms, session) {
            waiting.push((session.id.clone(), reason));
        }
    }
    waiting
}

fn ruling(session: &SessionSnapshot, facts: &Facts) -> Option<Ruling> {
    facts.rulings.get(&session.id).map(|it| it.ruling)
}

pub(super) const fn can_be_accepted(reason: ReviewReason) -> bool {
    !matches!(
        reason,
        ReviewReason::ModeMismatch | ReviewReason::DuplicatePayment
    )
}

/// Why a complete session is not simply paid.
fn questionable(terms: &Terms, session: &SessionSnapshot) -> Option<ReviewReason> {
    let is_complete = matches!(
        session.state,
        SessionState::CompletePaid
            | SessionState::CompleteNoPaymentRequired
            | SessionState::CompleteUnknown
    );
    let is_clean = has_money(terms, session) && wrong(terms, session).is_none();
    (is_complete && !is_clean).then(|| reason(terms, session))
}

/// Every refund that went out and every dispute that was lost is gone, up to what was paid.
fn back(session: &SessionSnapshot, facts: &Facts) -> Back {
    let of = i128::from(session.amount_total_minor.unwrap());
    let mut gone = 0;
    let mut disputed = 0;
    let ours = |payment: &String| session.payment_intent_id.as_ref() == Some(payment);
    for refund in facts.refunds.values() {
        if ours(&refund.payment_intent_id) && refund.state == RefundState::Succeeded {
            gone += i128::from(refund.amount_minor);
        }
    }
    for dispute in facts.disputes.values() {
        let amount = i128::from(dispute.amount_minor);
        match dispute.state {
            _ if !ours(&dispute.payment_intent_id) => {}
            DisputeState::Lost => gone += amount,
            DisputeState::NeedsResponse | DisputeState::UnderReview | DisputeState::Unknown => {
                disputed += amount;
            }
            DisputeState::Inquiry | DisputeState::Prevented | DisputeState::Won => {}
        }
    }
    let gone = gone.min(of);
    Back {
        gone,
        disputed: disputed.min(of - gone),
        of,
    }
}

fn is_free(terms: &Terms) -> bool {
    terms.price.amount_minor == 0
}

/// Paid, or nothing to pay and nothing asked.
fn has_money(terms: &Terms, session: &SessionSnapshot) -> bool {
    match session.state {
        SessionState::CompletePaid => true,
        SessionState::CompleteNoPaymentRequired => is_free(terms),
        _ => false,
    }
}

/// Whose session it is not.
fn misnamed(terms: &Terms, session: &SessionSnapshot) -> Option<ReviewReason> {
    let flaw = offers::flaw(offers::session_number(&session.id));
    let is_ours_by_id = terms.session_id.as_ref() == Some(&session.id);
    let is_unknown = terms.session_id.is_none();
    match flaw {
        Some(Flaw::OtherMode) => Some(ReviewReason::ModeMismatch),
        Some(Flaw::OtherPurchase) => Some(ReviewReason::PurchaseMismatch),
        Some(Flaw::NamesNoPurchase) if is_unknown => Some(ReviewReason::PurchaseMismatch),
        Some(Flaw::OtherAccount) => Some(ReviewReason::AccountMismatch),
        Some(Flaw::NamesNoAccount) if is_unknown => Some(ReviewReason::AccountMismatch),
        _ if is_unknown || is_ours_by_id => None,
        _ => Some(ReviewReason::SessionMismatch),
    }
}

/// What is wrong with the session or its price.
fn wrong(terms: &Terms, session: &SessionSnapshot) -> Option<ReviewReason> {
    misnamed(terms, session).or_else(|| match offers::flaw(offers::session_number(&session.id)) {
        Some(Flaw::OtherCurrency) => Some(ReviewReason::CurrencyMismatch),
        Some(Flaw::OtherAmount) => Some(ReviewReason::AmountMismatch),
        _ => None,
    })
}

/// Why a person must look at a session that says it is complete.
fn reason(terms: &Terms, session: &SessionSnapshot) -> ReviewReason {
    match session.state {
        SessionState::CompleteUnknown => {
            misnamed(terms, session).unwrap_or(ReviewReason::UnknownPaymentStatus)
        }
        SessionState::CompleteNoPaymentRequired if !is_free(terms) => {
            let unpaid = ReviewReason::NoPaymentRequiredForPricedPurchase;
            misnamed(terms, session).unwrap_or(unpaid)
        }
        _ => wrong(terms, session).unwrap(),
    }
}

/// Where a session of ours without money stands. Its payment only tells waiting from failed.
fn progress(session: &SessionSnapshot, facts: &Facts) -> PurchaseStatus {
    if session.state == SessionState::Open {
        return PurchaseStatus::Open;
    }
    let payment = session.payment_intent_id.as_ref();
    let payment = payment.and_then(|id| facts.payment_intents.get(id));
    let payment = payment.map(|payment| payment.state);
    let has_failed = matches!(
        payment,
        Some(PaymentIntentState::Failed | PaymentIntentState::Canceled)
    );
    if payment == Some(PaymentIntentState::Succeeded) {
        PurchaseStatus::AwaitingFunds
    } else if session.state == SessionState::Expired {
        PurchaseStatus::Expired
    } else if session.state == SessionState::CompletePaymentFailed || has_failed {
        PurchaseStatus::Failed
    } else {
        PurchaseStatus::AwaitingFunds
    }
}
