"""Refunds through Stripe's official client: in parts, slow, failing, and cancelled."""

import unittest

import stripe

from sandbox import SandboxTest, order


class Refunds(SandboxTest):
    def tearDown(self) -> None:
        order("/refunds/behaviour", begin=None)

    def charge(self, paid: stripe.PaymentIntent) -> stripe.Charge:
        return self.v1.charges.retrieve(paid.latest_charge, {"expand": ["refunds"]})

    def test_parts_add_up_and_no_more_than_all_is_refunded(self) -> None:
        paid = self.paid()
        part = self.v1.refunds.create(
            {"payment_intent": paid.id, "amount": 500, "metadata": {"by": "admin"}}
        )
        self.assertIsInstance(part, stripe.Refund)
        self.assertEqual((part.status, part.metadata["by"]), ("succeeded", "admin"))
        self.assertEqual(self.event("refund.created", part.id).data.object.amount, 500)
        event = self.event("charge.refunded", paid.latest_charge)
        self.assertEqual(event.data.object.amount_refunded, 500)
        self.assertEqual(event.data.previous_attributes["amount_refunded"], 0)
        with self.assertRaises(stripe.InvalidRequestError) as refused:
            self.v1.refunds.create({"charge": paid.latest_charge, "amount": 1501})
        self.assertEqual(refused.exception.param, "amount")
        rest = self.v1.refunds.create({"charge": paid.latest_charge, "reason": "duplicate"})
        self.assertEqual(rest.amount, 1500)
        with self.assertRaises(stripe.InvalidRequestError) as refused:
            self.v1.refunds.create({"payment_intent": paid.id})
        self.assertEqual(refused.exception.code, "charge_already_refunded")
        listed = self.v1.refunds.list({"payment_intent": paid.id})
        self.assertEqual([refund.id for refund in listed.data], [rest.id, part.id])
        charge = self.charge(paid)
        self.assertTrue(charge.refunded)
        self.assertEqual([refund.id for refund in charge.refunds.data], [rest.id, part.id])
        found = self.v1.charges.list({"payment_intent": paid.id})
        self.assertEqual([one.id for one in found.data], [charge.id])

    def test_slow_and_failing_refunds_end_with_time(self) -> None:
        slow = self.v1.refunds.create({"payment_intent": self.paid("pm_card_pendingRefund").id})
        failing_payment = self.paid("pm_card_refundFail")
        failing = self.v1.refunds.create({"payment_intent": failing_payment.id})
        self.assertEqual((slow.status, failing.status), ("pending", "succeeded"))
        order("/clock/advance", seconds=60)
        self.assertEqual(self.v1.refunds.retrieve(slow.id).status, "succeeded")
        self.assertEqual(self.event("refund.updated", slow.id).data.object.status, "succeeded")
        failed = self.event("refund.failed", failing.id).data.object
        self.assertEqual((failed.status, failed.failure_reason), ("failed", "expired_or_canceled_card"))
        self.assertEqual(self.event("charge.refund.updated", failing.id).data.object.id, failing.id)
        self.assertEqual(self.charge(failing_payment).amount_refunded, 0)

    def test_a_refund_that_waits_for_the_payer_is_cancelled(self) -> None:
        order("/refunds/behaviour", begin="requires_action")
        refund = self.v1.refunds.create({"payment_intent": self.paid().id})
        self.assertEqual(refund.next_action.type, "display_details")
        cancelled = self.v1.refunds.cancel(refund.id)
        self.assertEqual(cancelled.status, "canceled")
        with self.assertRaises(stripe.InvalidRequestError):
            self.v1.refunds.cancel(refund.id)

    def test_a_refund_is_settled_by_order(self) -> None:
        order("/refunds/behaviour", begin="pending")
        for outcome in ["succeeded", "failed", "requires_action", "canceled"]:
            refund = self.v1.refunds.create({"payment_intent": self.paid().id})
            settled = order(f"/refunds/{refund.id}/settle", outcome=outcome)
            self.assertEqual(settled["status"], outcome)
            self.assertEqual(self.event("refund.updated", refund.id).data.object.status, outcome)


if __name__ == "__main__":
    unittest.main()
