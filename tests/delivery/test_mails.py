"""Mails, as a real SMTP server receives them."""

import datetime
import email
import email.policy
import os
import socket
import threading
import unittest
import uuid
from html import unescape

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from service import Service, submit, until

UTC = datetime.timezone.utc


class Mailboxes:
    """An SMTP server's handler: keeps what comes, and refuses whom it is told to refuse."""

    def __init__(self) -> None:
        self._mails: list[bytes] = []
        self._lock = threading.Lock()
        self.refusals: dict[str, str] = {}

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if refusal := self.refusals.get(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        with self._lock:
            self._mails.append(envelope.content)
        return "250 kept"

    def raw(self) -> list[bytes]:
        with self._lock:
            return list(self._mails)

    def of(self, address: str) -> list[email.message.EmailMessage]:
        parsed = (email.message_from_bytes(raw, policy=email.policy.default) for raw in self.raw())
        return [mail for mail in parsed if mail["To"] == address]

    def wait_for(self, address: str, subject: str) -> email.message.EmailMessage:
        def look():
            return next((mail for mail in self.of(address) if subject in mail["Subject"]), None)

        return until(f"a mail to {address}: {subject}", look)


def start_smtp(case: type[unittest.TestCase], mailboxes: Mailboxes, **settings) -> int:
    """An SMTP server for all of a case; its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    smtp = Controller(mailboxes, hostname="127.0.0.1", port=port, **settings)
    smtp.start()
    case.addClassCleanup(smtp.stop)
    return port


def text(mail: email.message.EmailMessage) -> str:
    return mail.get_body(("plain",)).get_content()


def html(mail: email.message.EmailMessage) -> str:
    """What a reader of the page is shown and led to."""
    return unescape(mail.get_body(("html",)).get_content())


class MailTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.mailboxes = Mailboxes()
        port = start_smtp(cls, cls.mailboxes)
        cls.service = Service(
            CREDITS_SMTP_URL=f"smtp://127.0.0.1:{port}",
            CREDITS_MAIL_FROM="Acme Credits <credits@acme.example>",
            CREDITS_PRODUCT_NAME="Acme & Söhne",
            CREDITS_PAGE_URL="https://acme.example/credits",
            CREDITS_REMINDER_DAYS="1",
        )
        cls.addClassCleanup(cls.service.stop)

    @classmethod
    def tearDownClass(cls) -> None:
        secrets = cls.service.secrets()
        for raw in cls.mailboxes.raw():
            whole = email.message_from_bytes(raw, policy=email.policy.default)
            said = raw.decode() + text(whole) + html(whole)
            for secret in [*secrets, "sk_test_", "whsec_", "cs_test_", "pi_", "pm_", "eyJ"]:
                assert secret not in said, f"{secret} in a mail"
        if folder := os.environ.get("MAILS"):
            os.makedirs(folder, exist_ok=True)
            for number, raw in enumerate(cls.mailboxes.raw(), 1):
                with open(os.path.join(folder, f"{number:02}.eml"), "wb") as kept:
                    kept.write(raw)

    def person(self, name: str, locale: str = "en") -> tuple[str, str]:
        """An account, and where its owner is written to."""
        account, address = f"{name}-{uuid.uuid4().hex[:8]}", f"{name}@people.example"
        self.service.write_to(account, address, locale)
        return account, address

    def test_a_receipt_comes_in_the_owners_language_and_time(self) -> None:
        account, address = self.person("grete", "de")
        self.service.give(account, "+1")
        self.service.ask(
            "PUT",
            f"/v1/admin/accounts/{account}",
            {"time_zone": "Europe/Berlin", "anchor_day": 1, "overdraft_limit": "0", "limits": []},
        )
        session = self.service.as_user(
            account, "POST", "/v1/checkout-sessions", {"package_id": "plus"}
        )
        card = {"card_number": "4242424242424242", "exp": "12/44", "cvc": "123", "email": address}
        self.assertEqual(submit(session["url"], card)[0], 303)
        mail = self.mailboxes.wait_for(address, "Beleg: 5.000 Credits")
        self.assertEqual(mail["From"], "Acme Credits <credits@acme.example>")
        self.assertEqual(mail["Auto-Submitted"], "auto-generated")
        self.assertIsNone(mail["List-Unsubscribe"], "a receipt is no reminder")
        self.assertRegex(mail["Message-ID"], r"^<[0-9a-f-]{36}@acme\.example>$")
        self.assertLess(abs(mail["Date"].datetime - datetime.datetime.now(UTC)), datetime.timedelta(minutes=2))
        for said in ["46,00 USD", "5.000 Credits", "(Europe/Berlin)", "nicht erstattet", session["purchase_id"]]:
            self.assertIn(said, text(mail))
            self.assertIn(said, html(mail))
        self.assertIn("Acme & Söhne", text(mail))
        self.assertIn("Acme &amp; Söhne", mail.get_body(("html",)).get_content())
        self.assertIn('href="https://acme.example/credits"', html(mail))
        self.assertIn('<html lang="de">', html(mail))
        year = datetime.datetime.now(UTC).year + 1
        self.assertIn(f"{year}, ", text(mail))
        for part in ["http://", "<script", "<img"]:
            self.assertNotIn(part, html(mail))

    def test_a_reminder_is_stopped_with_one_click(self) -> None:
        account, address = self.person("ada")
        soon = datetime.datetime.now(UTC) + datetime.timedelta(days=1, seconds=2)
        self.service.give(account, "+1250.5", soon.isoformat(timespec="seconds").replace("+00:00", "Z"))
        mail = self.mailboxes.wait_for(address, "Ends within a day: 1,250.5 credits")
        self.assertEqual(mail["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        link = mail["List-Unsubscribe"].strip("<>")
        self.assertIn(link, text(mail))
        self.assertIn(link, html(mail))
        self.assertEqual(submit(link, {"List-Unsubscribe": "One-Click"})[0], 200)
        preferences = self.service.as_user(account, "GET", "/v1/notification-preferences")
        by_email = {it["kind"]: it["by_email"] for it in preferences["kinds"]}
        self.assertEqual((by_email["credits.expiring"], by_email["credits.expired"]), (False, True))

    def test_whoever_has_no_address_or_wants_no_mail_gets_none(self) -> None:
        account, address = self.person("silent")
        nobody = f"nobody-{uuid.uuid4().hex[:8]}"
        kinds = [{"kind": "credits.expired", "in_feed": True, "by_email": False}]
        request = {"low_balance": [], "kinds": kinds}
        self.service.as_user(account, "PUT", "/v1/notification-preferences", request)
        end = datetime.datetime.now(UTC) + datetime.timedelta(seconds=2)
        for whose in [account, nobody]:
            self.service.give(whose, "+5", end.isoformat(timespec="seconds").replace("+00:00", "Z"))
        for whose in [account, nobody]:
            until("it is told in the feed", lambda w=whose: self.has_in_feed(w, "credits.expired"))
            self.service.give(whose, "+5")
            self.service.give(whose, "-5")
        self.mailboxes.wait_for(address, "Taken back: 5 credits")
        self.assertEqual([mail["Subject"] for mail in self.mailboxes.of(address)], ["Taken back: 5 credits"])
        sent = self.service.ask("GET", f"/v1/admin/deliveries?account_id={nobody}")
        self.assertEqual(sent["data"], [])

    def has_in_feed(self, account: str, kind: str) -> bool:
        feed = self.service.as_user(account, "GET", "/v1/notifications")
        return any(it["kind"] == kind for it in feed["data"])

    def test_a_server_that_refuses_is_believed_or_asked_again(self) -> None:
        gone, gone_address = self.person("gone")
        busy, busy_address = self.person("busy")
        self.mailboxes.refusals = {
            gone_address: "550 no such mailbox",
            busy_address: "451 try again later",
        }
        for account in [gone, busy]:
            self.service.give(account, "+5")
            self.service.give(account, "-5")

        def delivery(account: str, status: str):
            path = f"/v1/admin/deliveries?account_id={account}&status={status}"
            found = self.service.ask("GET", path)["data"]
            taken = (it for it in found if it["answer"] and it["kind"] == "credits.taken")
            return next(taken, None)

        dead = until("the refused one is given up", lambda: delivery(gone, "given_up"))
        self.assertEqual((dead["answer_status"], dead["attempts"], dead["channel"]), (550, 1, "email"))
        self.assertIn("no such mailbox", dead["answer"])
        waiting = until("the other one waits", lambda: delivery(busy, "waiting"))
        self.assertEqual(waiting["answer_status"], 451)
        self.mailboxes.refusals = {}
        self.mailboxes.wait_for(busy_address, "Taken back")
        # An administrator has the address mended, and sends it once more.
        self.service.ask("POST", f"/v1/admin/deliveries/{dead['id']}/replay", {})
        self.mailboxes.wait_for(gone_address, "Taken back")


class AuthenticationTest(unittest.TestCase):
    """A server that lets nobody in but whoever knows the password, which is changed while the service runs."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.mailboxes = Mailboxes()
        cls.passwords = {b"another"}
        port = start_smtp(
            cls, cls.mailboxes, authenticator=cls.authenticate, auth_require_tls=False
        )
        cls.service = Service(
            CREDITS_SMTP_URL=f"smtp://credits:a-password@127.0.0.1:{port}",
            CREDITS_MAIL_FROM="credits@acme.example",
        )
        cls.addClassCleanup(cls.service.stop)

    @classmethod
    def authenticate(cls, _server, _session, _envelope, _mechanism, who: LoginPassword) -> AuthResult:
        return AuthResult(success=who.password in cls.passwords, handled=False)

    def test_a_wrong_password_is_no_mails_fault(self) -> None:
        account, address = f"ada-{uuid.uuid4().hex[:8]}", "ada@people.example"
        self.service.write_to(account, address)
        self.service.give(account, "+5")
        self.service.give(account, "-5")

        def attempted():
            found = self.service.ask("GET", f"/v1/admin/deliveries?account_id={account}")["data"]
            return next((it for it in found if it["answer"]), None)

        delivery = until("an attempt is noted", attempted)
        self.assertEqual((delivery["answer_status"], delivery["status"]), (535, "waiting"))
        self.assertNotIn("a-password", delivery["answer"])
        self.passwords.add(b"a-password")
        self.mailboxes.wait_for(address, "Taken back: 5 credits")


if __name__ == "__main__":
    unittest.main()
