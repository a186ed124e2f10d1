//! Random lives of a purchase at Stripe, from the pay page to the last word of the banks: only what Stripe
//! lets happen, with the events that it sends about each step. It knows nothing of credits.

use fastrand::Rng;

use super::PRICE;
use super::stripe::{Thing, Truth, Which};

/// Seconds between two things that happen.
const STEP: i64 = 10;

/// Something that happened, and what Stripe says about it.
#[derive(Clone, Debug)]
pub struct Moment {
    /// Seconds after the purchase was opened.
    pub at: i64,
    pub thing: Thing,
    pub kinds: Vec<&'static str>,
    /// What is true from then on.
    pub truth: Truth,
}

/// Lives one life.
pub fn life(rng: &mut Rng) -> Vec<Moment> {
    let mut life = Life {
        rng,
        moments: Vec::new(),
        truth: Truth::default(),
    };
    life.pay();
    let is_paid = life.truth.session(Which::Ours) == Some(("complete", "paid"));
    if life.rng.u8(..10) == 0 {
        life.pay_by_card(Which::Second);
        if is_paid && life.rng.bool() {
            life.refund_second();
        }
    }
    if is_paid {
        for _ in 0..life.rng.usize(..9) {
            life.reverse();
        }
    }
    life.moments
}

struct Life<'a> {
    rng: &'a mut Rng,
    moments: Vec<Moment>,
    truth: Truth,
}

impl Life<'_> {
    fn becomes(&mut self, thing: Thing, kinds: &[&'static str]) {
        self.truth.become_true(&thing);
        let last = self.moments.last().map_or(0, |moment| moment.at);
        self.moments.push(Moment {
            at: last + STEP,
            thing,
            kinds: kinds.to_vec(),
            truth: self.truth.clone(),
        });
    }

    fn session(
        &mut self,
        which: Which,
        status: &'static str,
        payment_status: &'static str,
        kind: &'static str,
    ) {
        let session = Thing::Session {
            which,
            status,
            payment_status,
        };
        self.becomes(session, &[kind]);
    }

    fn payment(&mut self, which: Which, status: &'static str, kinds: &[&'static str]) {
        let payment = Thing::Payment {
            which,
            status,
            last_attempt_failed: false,
        };
        self.becomes(payment, kinds);
    }

    fn decline(&mut self) {
        let payment = Thing::Payment {
            which: Which::Ours,
            status: "requires_payment_method",
            last_attempt_failed: true,
        };
        self.becomes(payment, &["payment_intent.payment_failed", "charge.failed"]);
    }

    fn pay(&mut self) {
        let which = Which::Ours;
        if self.rng.bool() {
            self.payment(
                which,
                "requires_payment_method",
                &["payment_intent.created"],
            );
        }
        for _ in 0..self.rng.usize(..3) {
            self.decline();
        }
        match self.rng.u8(..10) {
            0 => self.expire(),
            1 => {
                self.expire();
                self.pay_by_card(which);
            }
            2..=4 => self.pay_by_debit(),
            // Still on the pay page.
            5 => {}
            _ => self.pay_by_card(which),
        }
    }

    fn expire(&mut self) {
        self.session(Which::Ours, "expired", "unpaid", "checkout.session.expired");
        if self.truth.payment(Which::Ours).is_some() && self.rng.bool() {
            self.payment(Which::Ours, "canceled", &["payment_intent.canceled"]);
        }
    }

    fn pay_by_card(&mut self, which: Which) {
        self.succeed(which);
        self.session(which, "complete", "paid", "checkout.session.completed");
    }

    fn succeed(&mut self, which: Which) {
        let kinds = ["payment_intent.succeeded", "charge.succeeded"];
        self.payment(which, "succeeded", &kinds);
    }

    /// The money takes days, and may not come; some try once more.
    fn pay_by_debit(&mut self) {
        let which = Which::Ours;
        let kinds = ["payment_intent.processing", "charge.pending"];
        self.payment(which, "processing", &kinds);
        self.session(which, "complete", "unpaid", "checkout.session.completed");
        let (fails, comes) = (self.rng.bool(), self.rng.bool());
        if fails {
            self.decline();
            let kind = "checkout.session.async_payment_failed";
            self.session(which, "complete", "unpaid", kind);
        }
        if comes {
            self.succeed(which);
            let kind = "checkout.session.async_payment_succeeded";
            self.session(which, "complete", "paid", kind);
        }
    }

    fn refund_second(&mut self) {
        let refund = Thing::Refund {
            name: "second".to_owned(),
            which: Which::Second,
            amount: PRICE,
            status: "succeeded",
            names_purchase: self.rng.bool(),
        };
        self.becomes(refund, &["refund.created", "charge.refunded"]);
    }

    /// Money goes back, or may.
    fn reverse(&mut self) {
        match self.rng.u8(..8) {
            0 => self.new_refund(),
            1 => self.new_dispute(),
            2 => self.warn(),
            _ => self.go_on(),
        }
    }

    fn new_refund(&mut self) {
        let (mut count, mut left) = (0, PRICE);
        for thing in self.truth.things() {
            if let Thing::Refund {
                which: Which::Ours,
                amount,
                status,
                ..
            } = thing
            {
                count += 1;
                let is_back = matches!(*status, "failed" | "canceled");
                left -= if is_back { 0 } else { *amount };
            }
        }
        if count == 3 || left == 0 {
            return;
        }
        let amount = [250, 1_000, 1_500, PRICE][self.rng.usize(..4)].min(left);
        let status = ["pending", "succeeded", "requires_action"][self.rng.usize(..3)];
        let refund = Thing::Refund {
            name: format!("{count}"),
            which: Which::Ours,
            amount,
            status,
            names_purchase: self.rng.bool(),
        };
        match status {
            "succeeded" => self.becomes(refund, &["refund.created", "charge.refunded"]),
            _ => self.becomes(refund, &["refund.created"]),
        }
    }

    fn new_dispute(&mut self) {
        let disputes = self.truth.things();
        let count = disputes
            .filter(|thing| matches!(thing, Thing::Dispute { .. }))
            .count();
        if count == 2 {
            return;
        }
        let is_inquiry = self.rng.bool();
        let dispute = Thing::Dispute {
            name: format!("{count}"),
            which: Which::Ours,
            amount: [1_000, PRICE][self.rng.usize(..2)],
            status: if is_inquiry {
                "warning_needs_response"
            } else {
                "needs_response"
            },
        };
        if is_inquiry {
            self.becomes(dispute, &["charge.dispute.created"]);
        } else {
            let kinds = ["charge.dispute.created", "charge.dispute.funds_withdrawn"];
            self.becomes(dispute, &kinds);
        }
    }

    fn warn(&mut self) {
        let warning = Thing::Warning {
            which: Which::Ours,
            actionable: self.rng.bool(),
        };
        self.becomes(warning, &["radar.early_fraud_warning.created"]);
    }

    /// One of the refunds and disputes comes further.
    fn go_on(&mut self) {
        let things = self.truth.things().filter(|thing| {
            let which = thing.which();
            which == Which::Ours && !next(thing).is_empty()
        });
        let things: Vec<Thing> = things.cloned().collect();
        if things.is_empty() {
            return;
        }
        let mut thing = things[self.rng.usize(..things.len())].clone();
        let ways = next(&thing);
        let (new, kinds) = ways[self.rng.usize(..ways.len())];
        if let Thing::Refund { status, .. } | Thing::Dispute { status, .. } = &mut thing {
            *status = new;
        }
        self.becomes(thing, kinds);
    }
}

type Way = (&'static str, &'static [&'static str]);

/// What a refund or a dispute can become, with the events.
fn next(thing: &Thing) -> &'static [Way] {
    const UPDATED: &str = "charge.dispute.updated";
    const CLOSED: &str = "charge.dispute.closed";
    const WITHDRAWN: &str = "charge.dispute.funds_withdrawn";
    const REINSTATED: &str = "charge.dispute.funds_reinstated";
    match thing {
        Thing::Refund { status, .. } => match *status {
            "pending" | "requires_action" => &[
                ("succeeded", &["refund.updated", "charge.refunded"]),
                ("failed", &["refund.failed", "charge.refund.updated"]),
                ("canceled", &["refund.updated"]),
            ],
            "succeeded" => &[("failed", &["refund.failed", "refund.updated"])],
            _ => &[],
        },
        Thing::Dispute { status, .. } => match *status {
            "warning_needs_response" => &[
                ("warning_under_review", &[UPDATED]),
                ("warning_closed", &[CLOSED]),
                ("prevented", &[CLOSED]),
                ("needs_response", &[UPDATED, WITHDRAWN]),
            ],
            "warning_under_review" => &[
                ("warning_closed", &[CLOSED]),
                ("needs_response", &[UPDATED, WITHDRAWN]),
            ],
            "needs_response" => &[
                ("under_review", &[UPDATED]),
                ("lost", &[CLOSED]),
                ("won", &[CLOSED, REINSTATED]),
            ],
            "under_review" => &[
                ("won", &[CLOSED, REINSTATED]),
                ("lost", &[CLOSED]),
                ("lost", &[REINSTATED, CLOSED]),
            ],
            _ => &[],
        },
        Thing::Session { .. } | Thing::Payment { .. } | Thing::Warning { .. } => &[],
    }
}
