"""A client of the Credits API.

Credits are decimal strings, as the service counts them: hand them to decimal.Decimal, never to float. Quantities of work
are floats, which keep fifteen digits.
"""

from .client import Credits
from .models import *
from .problem import CreditsError
from .transport import new_idempotency_key
from .webhook import WebhookVerificationError, verify_webhook

__all__ = ["Credits", "CreditsError", "WebhookVerificationError", "new_idempotency_key", "verify_webhook"]
