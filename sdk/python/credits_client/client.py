"""The client: every operation, and the whole history as one sequence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

from .models import Entry
from .operations import Operations


class Credits(Operations):
    """Calls the API; usable by many threads at once, and as a context manager that closes its connections."""

    def usage_history(self, **query: Any) -> Iterator[Entry]:
        """Every entry that the query of `list_usage_history` finds, newest first.

        Pages are fetched as they are needed; `limit` is the size of one.
        """
        while True:
            page = self.list_usage_history(**query)
            yield from page.data
            if page.next_cursor is None:
                return
            query["cursor"] = page.next_cursor

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
