"""Test clocks, the list of events, and webhooks that misbehave, with Stripe's official client."""

import json
import time
import unittest

import stripe

from sandbox import SandboxTest, new_session, order


class TimeAndChaos(SandboxTest):
    def tearDown(self) -> None:
        order("/webhooks/behaviour")

    def about(self, dispute: str) -> list[str]:
        """The types of the deliveries about a dispute, in the order in which they came."""
        events = [json.loads(body) for body in self.receiver.deliveries()]
        return [event["type"] for event in events if event["data"]["object"]["id"] == dispute]

    def test_a_test_clock_moves_the_time(self) -> None:
        clocks = self.v1.test_helpers.test_clocks
        ahead = order("/clock/advance", seconds=0)["now"]
        clock = clocks.create({"frozen_time": ahead, "name": "expiry"})
        session = self.v1.checkout.sessions.create(new_session())
        self.assertEqual(clocks.advance(clock.id, {"frozen_time": ahead + 90_000}).status, "advancing")
        self.assertEqual(clocks.retrieve(clock.id).status, "ready")
        self.event("test_helpers.test_clock.ready", clock.id)
        self.assertEqual(self.v1.checkout.sessions.retrieve(session.id).status, "expired")
        self.event("checkout.session.expired", session.id)
        self.assertTrue(clocks.delete(clock.id).deleted)
        with self.assertRaises(stripe.InvalidRequestError):
            clocks.retrieve(clock.id)

    def test_events_are_listed_by_type_and_time_and_paged_both_ways(self) -> None:
        since = order("/clock/advance", seconds=5)["now"]
        refunds = [self.v1.refunds.create({"payment_intent": self.paid().id}).id for _ in range(3)]
        query = {"types": ["refund.created", "refund.failed"], "created": {"gte": since}, "limit": 2}
        events = self.v1.events.list(query)
        walked = [event.data.object.id for event in events.auto_paging_iter()]
        self.assertEqual(walked, refunds[::-1])
        newer = self.v1.events.list({**query, "ending_before": events.data[1].id})
        self.assertEqual([event.id for event in newer.data], [events.data[0].id])
        with self.assertRaises(stripe.InvalidRequestError):
            self.v1.events.list({"type": "refund.created", "types": ["refund.failed"]})

    def test_deliveries_are_duplicated_lost_delayed_and_reordered(self) -> None:
        paid = self.paid()
        self.event("charge.succeeded", paid.latest_charge)
        order("/webhooks/behaviour", duplicate=1, drop_next=1, reorder=True, delay_ms=200)
        dispute = order("/disputes", payment_intent=paid.id, inquiry=True)["id"]
        order(f"/disputes/{dispute}/move", status="needs_response")
        self.event("charge.dispute.updated", dispute)
        deadline = time.monotonic() + 20
        while len(self.about(dispute)) < 4 and time.monotonic() < deadline:
            self.receiver.wait_for_more()
        withdrawn, updated = "charge.dispute.funds_withdrawn", "charge.dispute.updated"
        told = self.about(dispute)
        self.assertEqual(sorted(told), [withdrawn, withdrawn, updated, updated])
        # Backwards; what is told twice may come between.
        self.assertEqual(told[0], withdrawn)
        lost = self.v1.events.list({"type": "charge.dispute.created", "limit": 1}).data[0]
        self.assertEqual(lost.data.object.id, dispute)


if __name__ == "__main__":
    unittest.main()
