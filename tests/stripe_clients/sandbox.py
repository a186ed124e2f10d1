"""How the tests reach the sandbox: Stripe's client, the payer's browser, and the sandbox's own orders.

Environment: SANDBOX_URL, SANDBOX_KEY, WEBHOOK_PORT (where the sandbox delivers), WEBHOOK_SECRET.
"""

import json
import os
import unittest
import urllib.error
import urllib.parse
import urllib.request

import stripe

from receiver import Receiver

URL = os.environ["SANDBOX_URL"]
KEY = os.environ["SANDBOX_KEY"]
SECRET = os.environ["WEBHOOK_SECRET"]
CARD = {"exp": "12/44", "cvc": "123", "email": "payer@example.com"}


def client(key: str = KEY) -> stripe.StripeClient:
    # No retries: a test wants to see the first answer.
    return stripe.StripeClient(key, base_addresses={"api": URL}, max_network_retries=0)


def new_session(**more) -> dict:
    return {
        "mode": "payment",
        "success_url": "https://shop.test/ok?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "https://shop.test/back",
        "client_reference_id": "purchase-1",
        "metadata": {"purchase_id": "purchase-1", "note": "a & b = ü"},
        "payment_intent_data": {"metadata": {"purchase_id": "purchase-1"}},
        "line_items": [
            {
                "quantity": 2,
                "price_data": {
                    "currency": "usd",
                    "unit_amount": 1250,
                    "product_data": {"name": "500 credits"},
                },
            }
        ],
        **more,
    }


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


BROWSER = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect)


def submit(url: str, **fields: str) -> tuple[int, str]:
    """Posts a form of a page; the status, and where it leads."""
    try:
        with BROWSER.open(url, urllib.parse.urlencode(fields).encode()) as answer:
            return answer.status, ""
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.headers.get("Location", "")


def pay(url: str, card_number: str, **more: str) -> tuple[int, str]:
    return submit(url, card_number=card_number, **CARD, **more)


def page(url: str) -> bytes:
    with BROWSER.open(url) as answer:
        return answer.read()


def order(path: str, **body) -> dict:
    """What banks, time and broken networks do: the sandbox's own API, which Stripe doesn't have."""
    request = urllib.request.Request(
        f"{URL}/_sandbox{path}",
        json.dumps(body).encode(),
        {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"},
    )
    with BROWSER.open(request) as answer:
        return json.load(answer)


class SandboxTest(unittest.TestCase):
    """A class of tests with a webhook receiver of its own."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.receiver = Receiver(int(os.environ["WEBHOOK_PORT"]))
        cls.addClassCleanup(cls.receiver.close)
        cls.v1 = client().v1

    def event(self, kind: str, of: str) -> stripe.Event:
        """The signed event of this type about the object with this id, as the client reads it."""

        def wanted(body: bytes) -> bool:
            event = json.loads(body)
            return event["type"] == kind and event["data"]["object"]["id"] == of

        body, signature = self.receiver.wait_for(wanted)
        return stripe.Webhook.construct_event(body, signature, SECRET)

    def paid(self, method: str = "pm_card_visa", **more) -> stripe.PaymentIntent:
        """A payment of 20 dollars."""
        return self.v1.payment_intents.create(
            {"amount": 2000, "currency": "usd", "payment_method": method, "confirm": True, **more}
        )
