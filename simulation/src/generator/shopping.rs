//! Purchases: opened, tied to sessions, given up, and what Stripe says of them in any order, twice,
//! late, or wrong.

use super::{Generator, Opened};
use crate::offers::{
    DISPUTE_STATES, HUGE_OFFER, PAYMENT_STATES, REFUND_STATES, REVERSALS, SESSION_COUNT,
    SESSION_STATES,
};
use crate::story::{Ask, List, Said, Word};

const MINUTE: i64 = 60_000_000;

impl Generator {
    pub(super) fn shop(&mut self, account: u8) -> Ask {
        if let Some(failed) = self.refund_fails(account) {
            return failed;
        }
        let own = self.opened.iter().rev().take(12);
        let own: Vec<Opened> = own
            .filter(|opened| opened.account == account)
            .copied()
            .collect();
        let Some(opened) = self.rng.choice(own) else {
            return self.open(account);
        };
        let Opened {
            purchase, offer, ..
        } = opened;
        // Now and then of a purchase that is not there.
        let purchase = if self.chance(3) {
            purchase + 1_000
        } else {
            purchase
        };
        let roll = self.rng.u8(..20);
        match roll {
            0..14 if self.is_shopping => self.open(account),
            0..4 => self.open(account),
            4..7 => Ask::Record {
                purchase,
                session: self.session(),
            },
            7 => Ask::Abandon { purchase },
            8 => Ask::Resume,
            9 => Ask::Rule {
                purchase,
                ruling: if self.chance(50) {
                    Word::Accept
                } else {
                    Word::Reject
                },
            },
            _ => self.tell(Opened { purchase, ..opened }, offer),
        }
    }

    fn open(&mut self, account: u8) -> Ask {
        self.next_purchase += 1;
        let purchase = self.next_purchase;
        let offer = match self.rng.u8(..30) {
            0 => HUGE_OFFER,
            0..10 if self.is_rich => HUGE_OFFER,
            roll => roll % HUGE_OFFER,
        };
        self.opened.push(Opened {
            account,
            purchase,
            offer,
            key: None,
        });
        Ask::Open {
            purchase,
            offer,
            shop: if self.is_shopping {
                self.rng.u8(..)
            } else {
                self.rng.u8(..2)
            },
            closes: self.now + self.rng.i64(5..60) * MINUTE,
        }
    }

    /// Mostly one that is as it should be.
    fn session(&mut self) -> u8 {
        if self.chance(70) {
            0
        } else {
            self.rng.u8(..SESSION_COUNT)
        }
    }

    /// Some of the refunds that went out come back.
    fn refund_fails(&mut self, account: u8) -> Option<Ask> {
        let (opened, session, refund) = self.refunded.filter(|(it, ..)| it.account == account)?;
        if !self.chance(25) {
            return None;
        }
        self.refunded = None;
        let state = u8::try_from(REFUND_STATES.len()).unwrap() - 1;
        Some(Ask::Tell {
            purchase: opened.purchase,
            offer: opened.offer,
            said: List(vec![Said::Refund {
                session,
                refund,
                state,
            }]),
            next_check: self.now + 5 * MINUTE,
        })
    }

    fn tell(&mut self, opened: Opened, offer: u8) -> Ask {
        let purchase = opened.purchase;
        let count = self.rng.usize(1..4);
        let mut said = Vec::with_capacity(count + 1);
        for _ in 0..count {
            said.push(self.said());
        }
        for it in &said {
            if let Said::Refund {
                session,
                refund,
                state: 2,
            } = it
            {
                self.refunded = Some((opened, *session, *refund));
            }
        }
        if self.chance(10) {
            said.push(said[0]);
        }
        Ask::Tell {
            purchase,
            offer,
            said: List(said),
            next_check: self.now + 5 * MINUTE,
        }
    }

    fn said(&mut self) -> Said {
        let session = self.session();
        if self.chance(20) {
            return self.reversal(session);
        }
        if self.chance(70) {
            let states = u8::try_from(SESSION_STATES.len()).unwrap();
            let state = if self.chance(25) {
                states - 1
            } else {
                self.rng.u8(..states)
            };
            return Said::Session { session, state };
        }
        Said::Payment {
            session,
            state: self.rng.u8(..u8::try_from(PAYMENT_STATES.len()).unwrap()),
            // Never two of one payment at one moment: which of them is later would be open.
            seen: self.now - self.rng.i64(0..1 << 40),
            receipt: self.rng.u8(..3),
        }
    }

    fn reversal(&mut self, session: u8) -> Said {
        let number = self.rng.u8(..REVERSALS);
        let count = |states: usize| u8::try_from(states).unwrap();
        if self.chance(50) {
            Said::Refund {
                session,
                refund: number,
                state: self.rng.u8(..count(REFUND_STATES.len())),
            }
        } else {
            Said::Dispute {
                session,
                dispute: number,
                state: self.rng.u8(..count(DISPUTE_STATES.len())),
            }
        }
    }
}
