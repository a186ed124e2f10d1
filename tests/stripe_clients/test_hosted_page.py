"""The hosted page as Stripe's official client sees it: delayed payments, authentication, tax, invoices, receipts."""

import unittest

from sandbox import SandboxTest, new_session, order, page, pay, submit


class HostedPage(SandboxTest):
    def session(self, **more):
        return self.v1.checkout.sessions.create(new_session(**more))

    def test_a_delayed_payment_arrives_or_does_not(self) -> None:
        for outcome, status in [("succeeded", "paid"), ("failed", "unpaid")]:
            session = self.session()
            self.assertEqual(submit(session.url, method="delayed", email="payer@example.com")[0], 303)
            self.assertEqual(self.event("checkout.session.completed", session.id).data.object.payment_status, "unpaid")
            order(f"/sessions/{session.id}/settle", outcome=outcome)
            settled = self.event(f"checkout.session.async_payment_{outcome}", session.id).data.object
            self.assertEqual(settled.payment_status, status)
            found = self.v1.checkout.sessions.list({"payment_intent": settled.payment_intent})
            self.assertEqual([one.id for one in found.data], [session.id])

    def test_an_authentication_fails_then_succeeds(self) -> None:
        session = self.session()
        pay(session.url, "4000002760003184")
        self.assertEqual(submit(session.url, authentication="refuse")[0], 402)
        pay(session.url, "4000002760003184")
        self.assertEqual(submit(session.url, authentication="approve")[0], 303)
        paid = self.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge"]})
        charge = paid.payment_intent.latest_charge
        self.assertEqual(charge.payment_method_details.card.three_d_secure.result, "authenticated")

    def test_tax_is_added_and_the_invoice_and_receipt_can_be_opened(self) -> None:
        session = self.session(
            automatic_tax={"enabled": True},
            invoice_creation={"enabled": True, "invoice_data": {"metadata": {"purchase_id": "p1"}}},
        )
        self.assertEqual(pay(session.url, "4242424242424242", country="DE")[0], 303)
        expand = {"expand": ["invoice", "payment_intent.latest_charge"]}
        paid = self.v1.checkout.sessions.retrieve(session.id, expand)
        self.assertEqual((paid.amount_subtotal, paid.total_details.amount_tax, paid.amount_total), (2500, 475, 2975))
        invoice = self.event("invoice.paid", paid.invoice.id).data.object
        self.assertEqual((invoice.total, invoice.metadata["purchase_id"]), (2975, "p1"))
        self.assertEqual(self.v1.invoices.retrieve(invoice.id).customer, paid.customer)
        self.assertIn(b"$29.75", page(invoice.hosted_invoice_url))
        self.assertTrue(page(invoice.invoice_pdf).startswith(b"%PDF-"))
        self.assertIn(b"$29.75", page(paid.payment_intent.latest_charge.receipt_url))

    def test_a_customer_is_made_and_a_currency_has_no_decimals(self) -> None:
        session = new_session(customer_creation="always")
        session["line_items"][0]["price_data"]["currency"] = "jpy"
        made = self.v1.checkout.sessions.create(session)
        self.assertEqual(pay(made.url, "4242424242424242")[0], 303)
        paid = self.v1.checkout.sessions.retrieve(made.id, {"expand": ["customer"]})
        self.assertEqual((paid.currency, paid.amount_total), ("jpy", 2500))
        self.assertEqual(paid.customer.email, "payer@example.com")


if __name__ == "__main__":
    unittest.main()
