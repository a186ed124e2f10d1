"""The end-to-end test: the same steps in every language, against a live server. sdk/test.sh runs it."""

import sys
from os import environ as env
from typing import Any

import httpx

from credits_client import (
    Credits,
    CreditsError,
    EntryKind,
    HoldStatus,
    NewAdjustment,
    NewCapture,
    NewDebit,
    NewHold,
    NewQuote,
    WebhookVerificationError,
    verify_webhook,
)

ACCOUNT = "sdk-python"


class Heard:
    """What the last answer was, and how many there were."""

    replayed = False
    answers = 0

    def __call__(self, response: httpx.Response) -> None:
        self.replayed = response.headers.get("Idempotent-Replayed") == "true"
        self.answers += 1


heard = Heard()
admin = Credits(env["API_URL"], env["ADMIN_TOKEN"])
service = Credits(env["API_URL"], env["SERVICE_TOKEN"], on_response=heard)
shaky = Credits(env["SHAKY_URL"], env["SERVICE_TOKEN"], on_response=heard)
newer = Credits(env["SHAKY_URL"], env["USER_TOKEN"])
user = Credits(env["API_URL"], lambda: env["USER_TOKEN"], on_response=heard)


def work(reference: str) -> NewDebit:
    quantities = {"input_tokens": 1200, "output_tokens": 350}
    return NewDebit(
        account_id=ACCOUNT, operation="model_inference", variant="large", quantities=quantities, reference=reference
    )


def grant() -> None:
    adjustment = admin.create_adjustment(ACCOUNT, NewAdjustment(credits="+100", reason="A test"))
    assert adjustment.balance.available == "100", adjustment


def quote() -> None:
    quantities = {"assets": 3, "bar_years": 7.5}
    made = service.create_quote(NewQuote(account_id=ACCOUNT, operation="backtesting", quantities=quantities))
    assert made.affordable and made.quantities["bar_years"] == 7.5, made
    assert made.expires_at.tzinfo is not None, made
    seen["quote"] = made


def hold() -> None:
    wanted = NewHold(account_id=ACCOUNT, quote_id=seen["quote"].id, reference="run-1")
    made = service.create_hold(wanted)
    assert made.credits == seen["quote"].credits and made.status is HoldStatus.ACTIVE, made
    seen["hold"] = made


def capture() -> None:
    made = service.capture_hold(seen["hold"].id, NewCapture(credits="0.5"))
    assert made.charged == "0.5" and made.held == "0", made


def debit() -> None:
    first = service.create_debit(work("answer-1"), idempotency_key="python-answer-1")
    assert not heard.replayed, "the first answer is a repeat"
    second = service.create_debit(work("answer-1"), idempotency_key="python-answer-1")
    assert heard.replayed and second == first, second


def retry() -> None:
    shaky.create_debit(work("answer-2"))
    assert heard.replayed, "the lost answer was not asked for again with the same key"


def history() -> None:
    heard.answers = 0
    sequences = [entry.sequence for entry in user.usage_history(limit=2)]
    assert sequences == [5, 4, 3, 2, 1] and heard.answers == 3, (sequences, heard.answers)


def export() -> None:
    text = user.export_usage_history(format="csv", from_=seen["hold"].created_at)
    assert len(text.splitlines()) == 5, text  # names, hold, capture and two debits; not the grant before them


def tomorrow() -> None:
    *_, grant = newer.list_usage_history().data
    assert grant.kind == "windfall" and grant.kind not in list(EntryKind), grant


def problem() -> None:
    try:
        service.create_debit(
            NewDebit(account_id=ACCOUNT, operation="backtesting", credits="1000", reference="too-much")
        )
    except CreditsError as error:
        assert error.status == 402 and error.code == "insufficient_credits", error
        assert error.problem.required == "1000" and error.problem.shortfall, error.problem
    else:
        raise AssertionError("nothing was refused")


def webhook() -> None:
    names = ("webhook-id", "webhook-timestamp", "webhook-signature")
    headers = {name: env[name.upper().replace("-", "_")] for name in names}
    body, secret = env["WEBHOOK_BODY"].encode(), env["WEBHOOK_SECRET"]
    event = verify_webhook(body, headers, secret)
    assert event.type == "balance.low" and event.data.credits == "97.5", event
    try:
        verify_webhook(body.replace(b"97.5", b"98.5"), headers, secret)
    except WebhookVerificationError:
        return
    raise AssertionError("a tampered body was accepted")


seen: dict[str, Any] = {}
failed = False
for step in (grant, quote, hold, capture, debit, retry, history, export, tomorrow, problem, webhook):
    try:
        step()
        print(f"ok {step.__name__}")
    except Exception as error:
        failed = True
        print(f"FAILED {step.__name__}: {error!r}")
sys.exit(failed)
