//! The stories. Each line is what becomes true at Stripe, and after the colon the events that it sends
//! about that; the last line says how it ends, worked out by hand. 2 500 cents buy 500 credits, and 50
//! come with them: 1 000 cents are 220 of these. Nothing here is computed.

pub const BOOK: &str = "
story paid
  payment a requires_payment_method: payment_intent.created
  payment a succeeded: payment_intent.succeeded, charge.succeeded, charge.updated
  session a complete paid: checkout.session.completed
  ends paid, granted 550 clawed 0 frozen 0, balance 550 debt 0

story paid with the second card
  payment a requires_payment_method: payment_intent.created
  payment a requires_payment_method failed: payment_intent.payment_failed, charge.failed
  payment a succeeded: payment_intent.succeeded, charge.succeeded
  session a complete paid: checkout.session.completed
  ends paid, granted 550 clawed 0 frozen 0, balance 550 debt 0

story abandoned
  payment a requires_payment_method failed: payment_intent.payment_failed
  payment a canceled: payment_intent.canceled
  session a expired unpaid: checkout.session.expired
  ends expired, granted 0 clawed 0 frozen 0, balance 0 debt 0

story async paid
  payment a processing: payment_intent.processing, charge.pending
  session a complete unpaid: checkout.session.completed
  payment a succeeded: payment_intent.succeeded, charge.succeeded
  session a complete paid: checkout.session.async_payment_succeeded
  ends paid, granted 550 clawed 0 frozen 0, balance 550 debt 0

story async failed
  payment a processing: payment_intent.processing
  session a complete unpaid: checkout.session.completed
  payment a requires_payment_method failed: payment_intent.payment_failed, charge.failed
  session a complete unpaid: checkout.session.async_payment_failed
  ends failed, granted 0 clawed 0 frozen 0, balance 0 debt 0

story async failed, then paid by retry
  payment a processing: payment_intent.processing
  session a complete unpaid: checkout.session.completed
  payment a requires_payment_method failed: payment_intent.payment_failed
  session a complete unpaid: checkout.session.async_payment_failed
  payment a succeeded: payment_intent.succeeded, charge.succeeded
  session a complete paid: checkout.session.async_payment_succeeded
  ends paid, granted 550 clawed 0 frozen 0, balance 550 debt 0

story expired, then paid
  payment a requires_payment_method: payment_intent.created
  session a expired unpaid: checkout.session.expired
  payment a succeeded: payment_intent.succeeded, charge.succeeded
  session a complete paid: checkout.session.completed
  ends paid, granted 550 clawed 0 frozen 0, balance 550 debt 0

story two sessions paid
  payment a succeeded: payment_intent.succeeded, charge.succeeded
  session a complete paid: checkout.session.completed
  payment b succeeded: payment_intent.succeeded, charge.succeeded
  session b complete paid: checkout.session.completed
  ends paid for review of a duplicate payment, granted 550 clawed 0 frozen 0, balance 550 debt 0

story two sessions paid, and the second refunded
  payment a succeeded: charge.succeeded
  session a complete paid: checkout.session.completed
  payment b succeeded: charge.succeeded
  session b complete paid: checkout.session.completed
  refund 1 of b 2500 succeeded: refund.created, charge.refunded
  ends paid, granted 550 clawed 0 frozen 0, balance 550 debt 0

story partial refunds
  payment a succeeded: payment_intent.succeeded
  session a complete paid: checkout.session.completed
  refund 1 of a 1000 succeeded: refund.created
  refund 2 of a 500 pending by us: refund.created
  refund 2 of a 500 succeeded by us: refund.updated, charge.refunded
  ends paid, granted 550 clawed 330 frozen 0, balance 220 debt 0

story full refund
  payment a succeeded: charge.succeeded
  session a complete paid: checkout.session.completed
  refund 1 of a 2500 pending: refund.created
  refund 1 of a 2500 succeeded: refund.updated, charge.refund.updated, charge.refunded
  ends refunded, granted 550 clawed 550 frozen 0, balance 0 debt 0

story refund failed after it succeeded
  payment a succeeded: charge.succeeded
  session a complete paid: checkout.session.completed
  refund 1 of a 2500 succeeded: refund.created, charge.refunded
  refund 1 of a 2500 failed: refund.failed, refund.updated, charge.refund.updated
  ends paid, granted 550 clawed 0 frozen 0, balance 550 debt 0

story refund failed after its credits were used
  payment a succeeded: charge.succeeded
  session a complete paid: checkout.session.completed
  refund 1 of a 2500 succeeded: refund.created, charge.refunded
  refund 1 of a 2500 failed: refund.failed
  uses 400
  ends paid, granted 550 clawed 0 frozen 0, worth 550

story inquiry only
  payment a succeeded: payment_intent.succeeded
  session a complete paid: checkout.session.completed
  dispute 1 of a 2500 warning_needs_response: charge.dispute.created
  dispute 1 of a 2500 warning_under_review: charge.dispute.updated
  dispute 1 of a 2500 warning_closed: charge.dispute.closed
  ends paid, granted 550 clawed 0 frozen 0, balance 550 debt 0

story dispute open
  payment a succeeded: charge.succeeded
  session a complete paid: checkout.session.completed
  dispute 1 of a 2500 warning_needs_response: charge.dispute.created
  dispute 1 of a 2500 needs_response: charge.dispute.updated, charge.dispute.funds_withdrawn
  ends disputed, granted 550 clawed 0 frozen 550, balance 550 debt 0

story dispute won
  payment a succeeded: payment_intent.succeeded
  session a complete paid: checkout.session.completed
  dispute 1 of a 2500 needs_response: charge.dispute.created, charge.dispute.funds_withdrawn
  dispute 1 of a 2500 under_review: charge.dispute.updated
  dispute 1 of a 2500 won: charge.dispute.closed, charge.dispute.funds_reinstated
  ends paid, granted 550 clawed 0 frozen 0, balance 550 debt 0

story dispute won on a spent lot
  payment a succeeded: charge.succeeded
  session a complete paid: checkout.session.completed
  dispute 1 of a 2500 needs_response: charge.dispute.created
  dispute 1 of a 2500 under_review: charge.dispute.updated
  dispute 1 of a 2500 won: charge.dispute.closed
  uses 400
  ends paid, granted 550 clawed 0 frozen 0, worth 550

story dispute lost
  payment a succeeded: payment_intent.succeeded
  session a complete paid: checkout.session.completed
  dispute 1 of a 2500 needs_response: charge.dispute.created, charge.dispute.funds_withdrawn
  dispute 1 of a 2500 under_review: charge.dispute.updated
  dispute 1 of a 2500 lost: charge.dispute.closed
  ends refunded, granted 550 clawed 550 frozen 0, balance 0 debt 0

story dispute lost in part
  payment a succeeded: charge.succeeded
  session a complete paid: checkout.session.completed
  dispute 1 of a 1500 needs_response: charge.dispute.created
  dispute 1 of a 1500 lost: charge.dispute.closed
  ends paid, granted 550 clawed 330 frozen 0, balance 220 debt 0

story lost after partial refund
  payment a succeeded: payment_intent.succeeded
  session a complete paid: checkout.session.completed
  refund 1 of a 1000 succeeded: refund.created
  dispute 1 of a 2500 needs_response: charge.dispute.created
  dispute 1 of a 2500 under_review: charge.dispute.updated
  dispute 1 of a 2500 lost: charge.dispute.closed
  ends refunded, granted 550 clawed 550 frozen 0, balance 0 debt 0

story reinstated though lost
  payment a succeeded: payment_intent.succeeded
  session a complete paid: checkout.session.completed
  dispute 1 of a 2500 needs_response: charge.dispute.created, charge.dispute.funds_withdrawn
  dispute 1 of a 2500 lost: charge.dispute.funds_reinstated, charge.dispute.closed
  ends refunded, granted 550 clawed 550 frozen 0, balance 0 debt 0

story refund during dispute
  payment a succeeded: charge.succeeded
  session a complete paid: checkout.session.completed
  dispute 1 of a 2500 needs_response: charge.dispute.created
  refund 1 of a 1000 pending: refund.created
  dispute 1 of a 2500 under_review: charge.dispute.updated
  refund 1 of a 1000 succeeded: refund.updated, charge.refunded
  ends disputed, granted 550 clawed 220 frozen 330, balance 330 debt 0

story dispute on a spent lot
  payment a succeeded: payment_intent.succeeded, charge.succeeded
  session a complete paid: checkout.session.completed
  dispute 1 of a 2500 needs_response: charge.dispute.created, charge.dispute.funds_withdrawn
  dispute 1 of a 2500 lost: charge.dispute.closed
  uses 400
  ends refunded, granted 550 clawed 550 frozen 0, worth 0

story dispute open on a spent lot
  payment a succeeded: charge.succeeded
  session a complete paid: checkout.session.completed
  dispute 1 of a 2500 needs_response: charge.dispute.created
  dispute 1 of a 2500 under_review: charge.dispute.updated
  uses 400
  ends disputed, granted 550 clawed 0 frozen 550, worth 550

story early fraud warning
  payment a succeeded: payment_intent.succeeded, charge.succeeded
  session a complete paid: checkout.session.completed
  warning on a actionable: radar.early_fraud_warning.created
  warning on a: radar.early_fraud_warning.updated
  ends paid, granted 550 clawed 0 frozen 0, balance 550 debt 0

story early fraud warning heeded
  payment a succeeded: charge.succeeded
  session a complete paid: checkout.session.completed
  warning on a actionable: radar.early_fraud_warning.created
  refund 1 of a 2500 succeeded by us: refund.created, charge.refunded
  warning on a: radar.early_fraud_warning.updated
  ends refunded, granted 550 clawed 550 frozen 0, balance 0 debt 0
";
