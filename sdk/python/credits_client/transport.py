"""One request and its answer: token, timeout, retries with the same idempotency key, problems."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable
from types import NoneType
from typing import Any, TypeVar
from urllib.parse import quote

import httpx

from .problem import CreditsError
from .wire import from_json, to_json

T = TypeVar("T")

# No caller waits longer than this between two attempts: what asks for more is raised as it is.
LONGEST_WAIT = 30.0


def new_idempotency_key() -> str:
    """A fresh key, to be kept by those who want to repeat a request later."""
    return str(uuid.uuid4())


def part(argument: str) -> str:
    """An argument as a part of a path."""
    return quote(argument, safe="")


class Transport:
    def __init__(
        self,
        base_url: str,
        token: str | Callable[[], str],
        *,
        timeout: float = 30.0,
        retries: int = 2,
        on_response: Callable[[httpx.Response], None] | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """A client of the service at `base_url`.

        Args:
            token: The bearer token, or what gives one: it is asked before each attempt.
            timeout: Bounds each step of an attempt, in seconds.
            retries: How often a call is tried again after 429, 503 or a lost connection.
            on_response: Is told of every answer: X-Request-Id, Idempotent-Replayed, RateLimit.
            transport: One of httpx's own, for proxies and tracing.
        """
        self._base_url = base_url.rstrip("/")
        self._token = token if callable(token) else lambda: token
        self._retries = retries
        self._on_response = on_response
        self._http = httpx.Client(timeout=timeout, transport=transport)

    def close(self) -> None:
        self._http.close()

    def _call(
        self,
        answer: type[T],
        method: str,
        path: str,
        *,
        body: Any = None,
        query: dict[str, Any] | None = None,
        idempotent: bool = False,
        key: str | None = None,
    ) -> T:
        headers = {"Idempotency-Key": key or new_idempotency_key()} if idempotent else {}
        content = None
        if method in ("POST", "PUT"):
            headers["Content-Type"] = "application/json"
            content = json.dumps(to_json(body) or {})
        query = {name: to_json(value) for name, value in (query or {}).items() if value is not None}
        repeatable = method != "POST" or idempotent
        for attempt in range(self._retries + 1):
            last = attempt == self._retries
            try:
                response = self._attempt(method, path, headers, query, content)
            except httpx.TransportError:
                if last or not repeatable:
                    raise
                time.sleep(0.5 * 2**attempt)
                continue
            if response.is_success:
                return self._read(answer, response)
            wait = self._wait(response, repeatable, attempt)
            if last or wait is None:
                raise CreditsError.of_answer(response.status_code, response.text)
            time.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _attempt(
        self, method: str, path: str, headers: dict[str, str], query: dict[str, Any], content: str | None
    ) -> httpx.Response:
        headers = {**headers, "Authorization": f"Bearer {self._token()}"}
        url = self._base_url + path
        response = self._http.request(method, url, headers=headers, params=query, content=content)
        if self._on_response:
            self._on_response(response)
        return response

    @staticmethod
    def _read(answer: type[T], response: httpx.Response) -> T:
        value = None if answer is NoneType else response.text if answer is str else response.json()
        return from_json(answer, value)

    @staticmethod
    def _wait(response: httpx.Response, repeatable: bool, attempt: int) -> float | None:
        """How long to wait before another attempt; None if it would not be safe, or not be worth it."""
        named = response.headers.get("Retry-After", "")
        under_way = response.status_code == 409 and named.isdecimal()  # the same request is still executed
        if response.status_code != 429 and not (repeatable and (response.status_code == 503 or under_way)):
            return None
        wait = float(named) if named.isdecimal() else 0.5 * 2**attempt
        return wait if wait <= LONGEST_WAIT else None
