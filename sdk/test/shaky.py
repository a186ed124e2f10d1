"""A proxy that loses every answer once: the request arrives, its first answer is kept back, and the caller hears 503.

A client that tries again with the same idempotency key gets the answer that was lost, marked as a repeat; one that makes
up a new key does the work twice. A history that is read through it comes from a service of tomorrow: there are members
more, and adjustments are of a kind that nobody knows yet.

usage: shaky.py API_URL      prints its own address and serves until it is killed
"""

import http.client
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

upstream = urlsplit(sys.argv[1])
heard = set()


def of_tomorrow(page):
    for entry in page["data"]:
        entry["tomorrow"] = {}
        entry["kind"] = "windfall" if entry["kind"] == "adjustment" else entry["kind"]
    return {**page, "tomorrow": {}}


class Shaky(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        answer, text = self.ask(None)
        self.answer(
            answer.status, json.dumps(of_tomorrow(json.loads(text))).encode(), {"Content-Type": "application/json"}
        )

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        answer, text = self.ask(body)
        if (self.path, body) in heard:
            self.answer(answer.status, text, {"Idempotent-Replayed": answer.getheader("Idempotent-Replayed", "false")})
        else:
            heard.add((self.path, body))
            self.answer(503, b"<p>Come back later.</p>", {"Retry-After": "1"})

    def ask(self, body):
        headers = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")}
        connection = http.client.HTTPConnection(upstream.hostname, upstream.port)
        connection.request(self.command, self.path, body, headers | {"Accept-Encoding": "identity"})
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer, text

    def answer(self, status, text, headers):
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(text))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        """Only what goes wrong is worth a line, and that has one of its own."""


server = ThreadingHTTPServer(("127.0.0.1", 0), Shaky)
print(f"http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
