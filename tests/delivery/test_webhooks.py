"""Webhooks, as Standard Webhooks' own verifiers judge them."""

import http.server
import json
import os
import subprocess
import threading
import unittest

from standardwebhooks import Webhook, WebhookVerificationError

from service import Service, until


class Receiver:
    """Keeps what it is sent, and answers 200."""

    def __init__(self) -> None:
        self._got: list[tuple[str, dict[str, str]]] = []
        self._lock = threading.Lock()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                headers = {name.lower(): value for name, value in self.headers.items()}
                with outer._lock:
                    outer._got.append((body, headers))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/hooks"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def wait_for(self, count: int) -> list[tuple[str, dict[str, str]]]:
        def look():
            with self._lock:
                return list(self._got) if len(self._got) >= count else None

        return until(f"{count} webhooks", look)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def node_verifies(secret: str, body: str, headers: dict[str, str]) -> bool:
    request = json.dumps({"secret": secret, "headers": headers, "body": body})
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "verify.js")
    done = subprocess.run(["node", script], input=request, capture_output=True, text=True, check=False)
    assert done.returncode == 0 or "WebhookVerificationError" in done.stderr, done.stderr
    return done.returncode == 0


def python_verifies(secret: str, body: str, headers: dict[str, str]) -> bool:
    try:
        Webhook(secret).verify(body, headers)
    except WebhookVerificationError:
        return False
    return True


class WebhookTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.service = Service()
        cls.addClassCleanup(cls.service.stop)
        cls.receiver = Receiver()
        cls.addClassCleanup(cls.receiver.close)

    def test_both_verifiers_take_what_is_signed_and_nothing_else(self) -> None:
        endpoints = "/v1/admin/webhook-endpoints"
        endpoint = self.service.ask("POST", endpoints, {"url": self.receiver.url})
        old = endpoint["secret"]
        self.service.give("user|1", "+150")
        body, headers = self.receiver.wait_for(1)[0]
        self.assertEqual(json.loads(body)["type"], "credits.given")
        other = old.removesuffix("=")[:-2] + "AA="
        tampered = body.replace("150", "151")
        for verifies in [python_verifies, node_verifies]:
            self.assertTrue(verifies(old, body, headers), verifies)
            self.assertFalse(verifies(other, body, headers), verifies)
            self.assertFalse(verifies(old, tampered, headers), verifies)

        # While the secret is rotated, whoever has either of the two is content.
        rotate = f"{endpoints}/{endpoint['id']}/rotate-secret"
        new = self.service.ask("POST", rotate, {})["secret"]
        self.service.give("user|2", "+1")
        body, headers = self.receiver.wait_for(2)[1]
        for verifies in [python_verifies, node_verifies]:
            self.assertTrue(verifies(old, body, headers), verifies)
            self.assertTrue(verifies(new, body, headers), verifies)
        self.service.ask("POST", rotate, {"previous_valid_seconds": 0})
        self.service.give("user|3", "+1")
        body, headers = self.receiver.wait_for(3)[2]
        for verifies in [python_verifies, node_verifies]:
            self.assertFalse(verifies(new, body, headers), verifies)


if __name__ == "__main__":
    unittest.main()
