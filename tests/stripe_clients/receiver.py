"""A webhook receiver on a given port that keeps the raw bytes it gets and answers 200."""

import http.server
import threading


class Receiver:
    """Collects deliveries from the moment it is made until `close`."""

    def __init__(self, port: int) -> None:
        self._deliveries: list[tuple[bytes, str]] = []
        self._arrived = threading.Condition()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with outer._arrived:
                    outer._deliveries.append((body, self.headers["Stripe-Signature"]))
                    outer._arrived.notify_all()
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def wait_for(self, wanted, timeout_s: float = 20.0) -> tuple[bytes, str]:
        """The first delivery (body, signature) whose body `wanted` accepts."""
        with self._arrived:
            found = self._arrived.wait_for(
                lambda: next((one for one in self._deliveries if wanted(one[0])), None), timeout_s
            )
        if not found:
            raise AssertionError(f"none of {len(self._deliveries)} deliveries was the expected one")
        return found

    def deliveries(self) -> list[bytes]:
        """The bodies so far, in the order in which they came."""
        with self._arrived:
            return [body for body, _ in self._deliveries]

    def wait_for_more(self, timeout_s: float = 20.0) -> None:
        with self._arrived:
            self._arrived.wait(timeout_s)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
