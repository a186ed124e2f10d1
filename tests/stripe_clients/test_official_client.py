"""Stripe's official Python client against the sandbox: it must not notice the difference."""

import json
import unittest
import uuid

import stripe

from sandbox import SECRET, URL, SandboxTest, client, new_session, pay


class OfficialClient(SandboxTest):
    def setUp(self) -> None:
        self.sessions = self.v1.checkout.sessions

    def test_a_session_is_created_retrieved_and_listed(self) -> None:
        made = self.sessions.create(new_session())
        self.assertEqual(made.status, "open")
        self.assertEqual(made.amount_total, 2500)
        self.assertIsNone(made.payment_intent)
        self.assertTrue(made.last_response.request_id.startswith("req_"))
        found = self.sessions.retrieve(made.id, {"expand": ["line_items"]})
        self.assertEqual(found.metadata["note"], "a & b = ü")
        self.assertEqual(found.line_items.data[0].description, "500 credits")
        listed = self.sessions.list({"limit": 1})
        self.assertEqual(listed.data[0].id, made.id)

    def test_a_list_pages_through_everything(self) -> None:
        made = [self.sessions.create(new_session()).id for _ in range(4)]
        walked = []
        for session in self.sessions.list({"limit": 2}).auto_paging_iter():
            walked.append(session.id)
            if len(walked) == 4:
                break
        self.assertEqual(walked, made[::-1])

    def test_the_same_key_gives_the_same_session(self) -> None:
        options = {"idempotency_key": str(uuid.uuid4())}
        first = self.sessions.create(new_session(), options)
        again = self.sessions.create(new_session(), options)
        self.assertEqual(first.id, again.id)
        self.assertEqual(again.last_response.headers["Idempotent-Replayed"], "true")
        with self.assertRaises(stripe.IdempotencyError) as refused:
            self.sessions.create(new_session(client_reference_id="other"), options)
        self.assertEqual(refused.exception.http_status, 400)

    def test_a_declined_card_is_a_card_error(self) -> None:
        with self.assertRaises(stripe.CardError) as refused:
            client().v1.payment_intents.create(
                {
                    "amount": 2000,
                    "currency": "usd",
                    "payment_method": "pm_card_chargeDeclined",
                    "confirm": True,
                }
            )
        error = refused.exception
        self.assertEqual(error.http_status, 402)
        self.assertEqual(error.code, "card_declined")
        self.assertEqual(error.error.decline_code, "generic_decline")
        self.assertEqual(error.error.payment_intent.status, "requires_payment_method")
        self.assertEqual(client().v1.charges.retrieve(error.error.charge).status, "failed")

    def test_a_wrong_key_is_an_authentication_error(self) -> None:
        with self.assertRaises(stripe.AuthenticationError) as refused:
            client("sk_test_wrong").v1.checkout.sessions.list()
        self.assertEqual(refused.exception.http_status, 401)

    def test_a_wrong_parameter_is_named(self) -> None:
        for change, param, code in [
            ({"colour": "red"}, "colour", "parameter_unknown"),
            ({"success_url": None}, "success_url", "parameter_missing"),
            ({"payment_intent_data": {"colour": "red"}}, "payment_intent_data[colour]", "parameter_unknown"),
        ]:
            given = {name: value for name, value in new_session(**change).items() if value is not None}
            with self.assertRaises(stripe.InvalidRequestError) as refused:
                self.sessions.create(given)
            self.assertEqual((refused.exception.param, refused.exception.code), (param, code))
        with self.assertRaises(stripe.InvalidRequestError) as refused:
            self.sessions.retrieve("cs_test_missing")
        self.assertEqual((refused.exception.http_status, refused.exception.code), (404, "resource_missing"))

    def test_a_payment_is_told_by_a_signed_event(self) -> None:
        session = self.sessions.create(new_session())
        self.assertEqual(pay(session.url, "4000000000000002")[0], 402)
        status, location = pay(session.url, "4242424242424242")
        self.assertEqual((status, location), (303, f"https://shop.test/ok?session={session.id}"))

        def is_completion(body: bytes) -> bool:
            event = json.loads(body)
            return event["type"] == "checkout.session.completed" and event["data"]["object"]["id"] == session.id

        body, signature = self.receiver.wait_for(is_completion)
        event = stripe.Webhook.construct_event(body, signature, SECRET)
        self.assertEqual(event.data.object.payment_status, "paid")
        self.assertEqual(client().v1.events.retrieve(event.id).type, "checkout.session.completed")
        with self.assertRaises(stripe.SignatureVerificationError):
            stripe.Webhook.construct_event(body + b" ", signature, SECRET)
        paid = self.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge"]})
        self.assertEqual(paid.payment_intent.metadata["purchase_id"], "purchase-1")
        self.assertTrue(paid.payment_intent.latest_charge.paid)

    def test_a_session_is_expired_once(self) -> None:
        session = self.sessions.create(new_session())
        self.assertEqual(self.sessions.expire(session.id).status, "expired")
        with self.assertRaises(stripe.InvalidRequestError):
            self.sessions.expire(session.id)
        self.assertEqual(pay(session.url or f"{URL}/c/pay/{session.id}", "4242424242424242")[0], 410)

    def test_a_customer_is_made_changed_and_found(self) -> None:
        customers = client().v1.customers
        email = f"{uuid.uuid4()}@example.com"
        made = customers.create({"email": email, "metadata": {"account": "a1"}})
        changed = customers.update(made.id, {"name": "Ann", "metadata": {"account": ""}})
        self.assertEqual((changed.name, changed.metadata.to_dict()), ("Ann", {}))
        self.assertEqual(customers.list({"email": email}).data[0].id, made.id)


if __name__ == "__main__":
    unittest.main()
