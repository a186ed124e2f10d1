"""Webhooks that the service sends, signed as Standard Webhooks says."""

from __future__ import annotations

import json
from collections.abc import Mapping

from standardwebhooks import Webhook, WebhookVerificationError

from .models import WebhookEvent
from .wire import from_json

__all__ = ["WebhookVerificationError", "verify_webhook"]


def verify_webhook(body: bytes, headers: Mapping[str, str], secret: str) -> WebhookEvent:
    """Checks a webhook's signature and age, and reads it.

    `secret` is the endpoint's (whsec_…), `body` the bytes as they came. What cannot be trusted, or is older than five
    minutes, raises WebhookVerificationError. An event may come more than once: `data.id` is the same then.
    """
    Webhook(secret).verify(body, dict(headers))
    return from_json(WebhookEvent, json.loads(body))
