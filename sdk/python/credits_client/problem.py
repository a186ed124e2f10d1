"""Refusals and failures that the service describes (RFC 9457)."""

from __future__ import annotations

import json

from .models import Problem
from .wire import from_json


class CreditsError(Exception):
    """The service said no, and why: act on `code`; docs/ERRORS.md lists them all. What else it said is in `problem`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.code} ({problem.status}): {problem.detail}")
        self.problem = problem
        self.code = problem.code
        self.status = problem.status

    @classmethod
    def of_answer(cls, status: int, text: str) -> CreditsError:
        """What is no problem document, a proxy's page for example, becomes one with the code `unknown`."""
        try:
            return cls(from_json(Problem, json.loads(text)))
        except (ValueError, KeyError, AttributeError):
            title = "The answer is no problem document."
            problem = Problem(
                type="about:blank", title=title, status=status, detail=text, code="unknown", request_id=""
            )
            return cls(problem)
