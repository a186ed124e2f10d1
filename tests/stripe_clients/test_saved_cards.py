"""Saved cards through Stripe's official client: set up, attached, charged while their owner is away, detached."""

import unittest

import stripe

from sandbox import SandboxTest, order, pay, submit

DECLINES = [
    # Test card, code, decline code, advice.
    ("pm_card_visa_chargeDeclined", "card_declined", "generic_decline", "try_again_later"),
    ("pm_card_visa_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds", "try_again_later"),
    ("pm_card_visa_chargeDeclinedLostCard", "card_declined", "lost_card", "do_not_try_again"),
    ("pm_card_visa_chargeDeclinedStolenCard", "card_declined", "stolen_card", "do_not_try_again"),
    ("pm_card_visa_chargeDeclinedVelocityLimitExceeded", "card_declined", "card_velocity_exceeded", "try_again_later"),
    ("pm_card_chargeDeclinedExpiredCard", "expired_card", None, "do_not_try_again"),
    ("pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", None, "confirm_card_data"),
    ("pm_card_chargeDeclinedProcessingError", "processing_error", None, "try_again_later"),
    ("pm_card_authenticationRequired", "authentication_required", "authentication_required", None),
]


class SavedCards(SandboxTest):
    def setUp(self) -> None:
        self.customer = self.v1.customers.create({"email": "ann@example.com"})

    def saved(self, method: str = "pm_card_visa") -> stripe.PaymentMethod:
        return self.v1.payment_methods.attach(method, {"customer": self.customer.id})

    def charge(self, method: str) -> stripe.PaymentIntent:
        return self.paid(method, customer=self.customer.id, off_session=True)

    def setup_session(self) -> stripe.checkout.Session:
        return self.v1.checkout.sessions.create(
            {
                "mode": "setup",
                "currency": "usd",
                "customer": self.customer.id,
                "success_url": "https://shop.test/ok",
                "setup_intent_data": {"metadata": {"account": "a1"}},
            }
        )

    def test_a_session_saves_a_card_that_pays_later(self) -> None:
        session = self.setup_session()
        self.assertEqual(pay(session.url, "4000000000000002")[0], 402)
        self.event("setup_intent.setup_failed", session.setup_intent)
        self.assertEqual(pay(session.url, "4242424242424242")[0], 303)
        completed = self.event("checkout.session.completed", session.id).data.object
        self.assertEqual((completed.mode, completed.setup_intent), ("setup", session.setup_intent))
        intent = self.event("setup_intent.succeeded", session.setup_intent).data.object
        self.assertEqual(intent.metadata["account"], "a1")
        self.assertEqual(self.event("payment_method.attached", intent.payment_method).data.object.customer, self.customer.id)
        settings = {"invoice_settings": {"default_payment_method": intent.payment_method}}
        changed = self.v1.customers.update(self.customer.id, settings)
        self.assertEqual(changed.invoice_settings.default_payment_method, intent.payment_method)
        paid = self.charge(intent.payment_method)
        self.assertEqual(paid.status, "succeeded")
        self.event("payment_intent.succeeded", paid.id)

    def test_a_card_that_asks_once_is_set_up_and_pays_without_its_owner(self) -> None:
        session = self.setup_session()
        pay(session.url, "4000002500003155")
        self.event("setup_intent.requires_action", session.setup_intent)
        self.assertEqual(submit(session.url, authentication="approve")[0], 303)
        method = self.v1.setup_intents.retrieve(session.setup_intent).payment_method
        self.assertEqual(self.charge(method).status, "succeeded")

    def test_setup_intents_need_no_page(self) -> None:
        made = self.v1.setup_intents.create({"customer": self.customer.id, "usage": "off_session"})
        self.assertEqual(made.status, "requires_payment_method")
        with self.assertRaises(stripe.CardError) as refused:
            self.v1.setup_intents.confirm(made.id, {"payment_method": "pm_card_visa_chargeDeclined"})
        self.assertEqual(refused.exception.error.setup_intent.id, made.id)
        done = self.v1.setup_intents.confirm(made.id, {"payment_method": "pm_card_visa"})
        self.assertEqual(done.status, "succeeded")
        other = self.v1.setup_intents.create({"customer": self.customer.id})
        self.assertEqual(self.v1.setup_intents.cancel(other.id).status, "canceled")

    def test_every_decline_is_a_card_error_with_its_advice(self) -> None:
        method = self.saved()
        for like, code, decline_code, advice in DECLINES:
            order(f"/payment_methods/{method.id}/behave", like=like)
            with self.subTest(like), self.assertRaises(stripe.CardError) as refused:
                self.charge(method.id)
            error = refused.exception.error
            self.assertEqual((refused.exception.code, refused.exception.http_status), (code, 402))
            self.assertEqual(getattr(error, "decline_code", None), decline_code)
            self.assertEqual(getattr(error, "advice_code", None), advice)
            self.assertEqual(error.payment_intent.status, "requires_payment_method")
            failed = self.event("payment_intent.payment_failed", error.payment_intent.id).data.object
            self.assertEqual(failed.last_payment_error.code, code)

    def test_cards_that_decline_cannot_be_saved_but_one_fails_only_later(self) -> None:
        with self.assertRaises(stripe.CardError):
            self.saved("pm_card_visa_chargeDeclined")
        with self.assertRaises(stripe.CardError) as refused:
            self.charge(self.saved("pm_card_chargeCustomerFail").id)
        self.assertEqual(refused.exception.error.decline_code, "generic_decline")

    def test_a_payment_keeps_its_card_where_that_was_wanted(self) -> None:
        paid = self.paid(customer=self.customer.id, setup_future_usage="off_session")
        kept = self.v1.customers.payment_methods.list(self.customer.id).data
        self.assertEqual([method.id for method in kept], [paid.payment_method])
        detached = self.v1.payment_methods.detach(paid.payment_method)
        self.assertIsNone(detached.customer)
        event = self.event("payment_method.detached", detached.id)
        self.assertEqual(event.data.previous_attributes["customer"], self.customer.id)
        with self.assertRaises(stripe.InvalidRequestError):
            self.charge(detached.id)

    def test_a_deleted_customer_is_gone(self) -> None:
        self.saved()
        self.assertTrue(self.v1.customers.delete(self.customer.id).deleted)
        self.event("customer.deleted", self.customer.id)
        with self.assertRaises(stripe.InvalidRequestError):
            self.charge("pm_card_visa")


if __name__ == "__main__":
    unittest.main()
