"""A service of the tests' own: started on free ports in a folder that is deleted, and asked over HTTP.

Environment: CREDITS_PROGRAM, and TEST_POSTGRES_URL where it is to keep its ledger in PostgreSQL.
"""

import json
import os
import re
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

PATIENCE_S = 90.0


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


BROWSER = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect)


def until(what: str, look, patience_s: float = PATIENCE_S):
    """What `look` finds, as soon as it finds something."""
    end = time.monotonic() + patience_s
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.1)
    raise AssertionError(f"in vain: {what}")


class Service:
    def __init__(self, **settings: str) -> None:
        self._home = tempfile.TemporaryDirectory()
        database = os.environ.get("TEST_POSTGRES_URL")
        self._environment = {
            name: value for name, value in os.environ.items() if not name.startswith("CREDITS_")
        } | {
            "CREDITS_DATA_DIR": self._home.name,
            "CREDITS_LISTEN": "127.0.0.1:0",
            "CREDITS_SANDBOX_LISTEN": "127.0.0.1:0",
            "CREDITS_METRICS_LISTEN": "off",
            **({"CREDITS_DATABASE_URL": database} if database else {}),
            **settings,
        }
        self._program = os.environ["CREDITS_PROGRAM"]
        self._log_path = os.path.join(self._home.name, "log")
        with open(self._log_path, "wb") as log:
            self._process = subprocess.Popen(
                [self._program, "serve"], env=self._environment, stdout=log, stderr=log
            )
        self.url = until("the service listens", lambda: self._address("api"), 20.0)
        self._tokens: dict[tuple[str, str], str] = {}

    def log(self) -> str:
        with open(self._log_path, encoding="utf-8") as log:
            return log.read()

    def secrets(self) -> list[str]:
        """Everything that must never be sent to anybody."""
        with open(os.path.join(self._home.name, "sandbox-secrets.json"), encoding="utf-8") as kept:
            return list(json.load(kept).values())

    def _address(self, name: str) -> str | None:
        found = re.search(rf'"name":"{name}","url":"([^"]+)"', self.log())
        return found and found.group(1)

    def stop(self) -> None:
        self._process.terminate()
        code = self._process.wait(timeout=10)
        verified = subprocess.run(
            [self._program, "verify"], env=self._environment, capture_output=True, text=True, check=False
        )
        log = self.log()
        self._home.cleanup()
        assert code == 0, log
        assert verified.returncode == 0, verified.stdout
        assert "panicked at" not in log, log

    def _token(self, account: str, scope: str) -> str:
        if (account, scope) not in self._tokens:
            words = [self._program, "token", "--account", account, "--scope", scope, "--ttl", "1h"]
            token = subprocess.run(
                words, env=self._environment, capture_output=True, text=True, check=True
            )
            self._tokens[account, scope] = token.stdout.strip()
        return self._tokens[account, scope]

    def ask(self, method: str, path: str, body=None, account="admin", scope="credits:read credits:admin"):
        """The JSON of an answer that has to be a success."""
        request = urllib.request.Request(
            self.url + path,
            None if body is None else json.dumps(body).encode(),
            {
                "Authorization": f"Bearer {self._token(account, scope)}",
                "Content-Type": "application/json",
                "Idempotency-Key": str(uuid.uuid4()),
            },
            method=method,
        )
        try:
            with BROWSER.open(request) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as answer:
            with answer:
                raise AssertionError(f"{method} {path}: {answer.code} {answer.read()}") from answer

    def as_user(self, account: str, method: str, path: str, body=None):
        return self.ask(method, path, body, account, "credits:read credits:purchase")

    def give(self, account: str, credits: str, expires_at: str | None = None):
        body = {"credits": credits, "reason": "for a test"}
        if expires_at:
            body["expires_at"] = expires_at
        return self.ask("POST", f"/v1/admin/accounts/{account}/adjustments", body)

    def write_to(self, account: str, email: str | None, locale: str = "en"):
        path = f"/v1/admin/accounts/{account}/contact"
        return self.ask("PUT", path, {"email": email, "locale": locale})


def submit(url: str, form: dict[str, str]) -> tuple[int, str]:
    """Posts a form; the status, and what is answered."""
    try:
        with BROWSER.open(url, urllib.parse.urlencode(form).encode()) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.read().decode()
