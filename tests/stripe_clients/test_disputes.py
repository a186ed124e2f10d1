"""Disputes and fraud warnings through Stripe's official client: every state, answered, closed, by card and by order."""

import unittest

import stripe

from sandbox import SandboxTest, order


class Disputes(SandboxTest):
    def open(self, **more) -> tuple[stripe.PaymentIntent, stripe.Dispute]:
        paid = self.paid()
        opened = order("/disputes", payment_intent=paid.id, **more)
        return paid, self.v1.disputes.retrieve(opened["id"])

    def test_a_chargeback_is_answered_and_won(self) -> None:
        paid, dispute = self.open(amount=1200, reason="duplicate")
        self.assertEqual((dispute.status, dispute.amount, dispute.reason), ("needs_response", 1200, "duplicate"))
        self.assertEqual(dispute.payment_method_details.card.case_type, "chargeback")
        self.assertEqual(self.event("charge.dispute.created", dispute.id).data.object.payment_intent, paid.id)
        withdrawn = self.event("charge.dispute.funds_withdrawn", dispute.id).data.object
        self.assertEqual(withdrawn.balance_transactions[0].net, -2700)
        self.assertTrue(self.v1.charges.retrieve(paid.latest_charge).disputed)
        with self.assertRaises(stripe.InvalidRequestError) as refused:
            self.v1.refunds.create({"payment_intent": paid.id})
        self.assertEqual(refused.exception.code, "charge_disputed")
        staged = self.v1.disputes.update(
            dispute.id, {"evidence": {"uncategorized_text": "winning_evidence"}, "submit": False}
        )
        self.assertEqual((staged.status, staged.evidence_details.has_evidence), ("needs_response", True))
        handed = self.v1.disputes.update(dispute.id, {"submit": True})
        self.assertEqual((handed.status, handed.evidence_details.submission_count), ("under_review", 1))
        order("/clock/advance", seconds=60)
        self.assertEqual(self.event("charge.dispute.closed", dispute.id).data.object.status, "won")
        self.event("charge.dispute.funds_reinstated", dispute.id)
        listed = self.v1.disputes.list({"payment_intent": paid.id})
        self.assertEqual([one.id for one in listed.data], [dispute.id])

    def test_a_chargeback_is_given_up_and_given_back_all_the_same(self) -> None:
        paid, dispute = self.open()
        self.assertEqual(self.v1.disputes.close(dispute.id).status, "lost")
        order(f"/disputes/{dispute.id}/reinstate")
        reinstated = self.event("charge.dispute.funds_reinstated", dispute.id).data.object
        self.assertEqual(reinstated.status, "lost")
        listed = self.v1.disputes.list({"charge": paid.latest_charge})
        self.assertEqual(len(listed.data), 1)

    def test_an_inquiry_goes_through_every_state(self) -> None:
        _, dispute = self.open(inquiry=True)
        self.assertEqual((dispute.status, dispute.balance_transactions), ("warning_needs_response", []))
        for status in [
            "warning_under_review",
            "warning_closed",
            "needs_response",
            "under_review",
            "won",
            "lost",
            "prevented",
            "warning_needs_response",
        ]:
            self.assertEqual(order(f"/disputes/{dispute.id}/move", status=status)["status"], status)
            self.assertEqual(self.v1.disputes.retrieve(dispute.id).status, status)
        self.event("charge.dispute.updated", dispute.id)

    def test_cards_are_disputed_and_warned_of_by_themselves(self) -> None:
        disputed = self.paid("pm_card_createDispute")
        inquired = self.paid("pm_card_createDisputeInquiry")
        suspected = self.paid("pm_card_createIssuerFraudRecord")
        order("/clock/advance", seconds=60)
        for paid, status in [(disputed, "needs_response"), (inquired, "warning_needs_response")]:
            found = self.v1.disputes.list({"payment_intent": paid.id}).data
            self.assertEqual([dispute.status for dispute in found], [status])
        warnings = self.v1.radar.early_fraud_warnings
        warning = warnings.list({"payment_intent": suspected.id}).data[0]
        self.assertTrue(warning.actionable)
        self.event("radar.early_fraud_warning.created", warning.id)
        self.v1.refunds.create({"payment_intent": suspected.id})
        self.assertFalse(warnings.retrieve(warning.id).actionable)
        self.event("radar.early_fraud_warning.updated", warning.id)
        ordered = order("/early_fraud_warnings", payment_intent=self.paid().id, fraud_type="made_with_stolen_card")
        self.assertEqual(warnings.retrieve(ordered["id"]).fraud_type, "made_with_stolen_card")


if __name__ == "__main__":
    unittest.main()
