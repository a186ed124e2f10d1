"""Plain requests to the server beside us, as anybody's software makes them: no redirect is followed."""

import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request

API_URL = os.environ["API_URL"]


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect)


def request(url: str, form: dict[str, str] | None = None, token: str | None = None) -> tuple[int, str, str]:
    """Status, media type and text of an answer."""
    body = None if form is None else urllib.parse.urlencode(form).encode()
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        answer = _OPENER.open(urllib.request.Request(url, data=body, headers=headers), timeout=30)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status, answer.headers.get_content_type(), answer.read().decode()


def document() -> dict:
    return json.loads(request(f"{API_URL}/openapi.json")[2])


def operations() -> dict[str, tuple[str, str, dict]]:
    """Method, path and description of every operation, by its id."""
    return {
        operation["operationId"]: (method.upper(), path, operation)
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
    }


async def until(what: str, look, patience_s: float = 30.0):
    """What `look` finds, as soon as it finds something."""
    import asyncio

    end = time.monotonic() + patience_s
    while time.monotonic() < end:
        if found := await look():
            return found
        await asyncio.sleep(0.1)
    raise AssertionError(f"in vain: {what}")
