"""The pages that programs read: the capability manifest and the page for language models."""

import json
import os
import re
import unittest
import urllib.parse

from jsonschema import Draft202012Validator

from web import API_URL, operations, request


class Manifest(unittest.TestCase):
    def setUp(self) -> None:
        status, kind, text = request(f"{API_URL}/.well-known/agent.json")
        self.assertEqual((status, kind), (200, "application/json"))
        self.manifest = json.loads(text)

    def test_it_is_what_its_specification_says(self) -> None:
        with open(os.path.join(os.path.dirname(__file__), "agent.schema.json"), encoding="utf-8") as file:
            schema = json.load(file)
        Draft202012Validator.check_schema(schema)
        faults = [f"{it.json_path}: {it.message}" for it in Draft202012Validator(schema).iter_errors(self.manifest)]
        self.assertEqual(faults, [])
        # A manifest counts only for the host that serves it.
        self.assertEqual(self.manifest["origin"], urllib.parse.urlsplit(API_URL).hostname)
        names = [intent["name"] for intent in self.manifest["intents"]]
        self.assertEqual(len(names), len(set(names)))

    def test_every_intent_is_an_operation_that_answers_at_its_endpoint(self) -> None:
        known = operations()
        for intent in self.manifest["intents"]:
            with self.subTest(intent["name"]):
                method, path, operation = known[intent["name"]]
                self.assertEqual((intent["method"], intent["endpoint"]), (method, API_URL + path))
                extension = intent["extensions"]["credits"]
                self.assertEqual(extension["required_scope"], operation["x-required-scope"])
                # Whoever comes without a token learns that one is needed: the address is right.
                if method == "GET":
                    self.assertEqual(request(intent["endpoint"].replace("{id}", "cs_test_1"))[0], 401)

    def test_work_has_a_price_in_credits_and_nobody_is_sent_to_a_wallet(self) -> None:
        extension = self.manifest["extensions"]["credits"]
        prices = [
            component["price"]
            for operation in extension["work"]
            for rate in operation["rates"]
            for component in rate["components"]
        ]
        self.assertTrue(prices)
        for price in prices:
            self.assertRegex(price, r"^(0|[1-9][0-9]*)(\.[0-9]+)?$")
        self.assertEqual(extension["payment"]["method"], "stripe_checkout")
        self.assertEqual(int(self.manifest["payout_address"], 16), 0)


class PageForModels(unittest.TestCase):
    def setUp(self) -> None:
        status, kind, self.page = request(f"{API_URL}/llms.txt")
        self.assertEqual((status, kind), (200, "text/plain"))

    def test_it_begins_as_such_pages_do(self) -> None:
        title, _, about = self.page.split("\n")[:3]
        self.assertEqual(title, "# Credits")
        self.assertTrue(about.startswith("> "))

    def test_every_link_leads_somewhere(self) -> None:
        links = set(re.findall(r"\]\(([^)\s]+)\)", self.page))
        pages = {urllib.parse.urldefrag(link).url for link in links}
        self.assertEqual(len(pages), 3)
        for page in pages:
            with self.subTest(page):
                self.assertEqual(request(page)[0], 200)
        # The documentation opens at an operation by its tag and id.
        named = {urllib.parse.urldefrag(link).fragment for link in links} - {""}
        known = {f"/{it['tags'][0]}/{name}" for name, (_, _, it) in operations().items()}
        self.assertEqual(named, known)

    def test_every_operation_is_there_with_what_it_asks_for(self) -> None:
        for name, (method, path, operation) in operations().items():
            with self.subTest(name):
                (line,) = [line for line in self.page.split("\n") if f"/{name})" in line]
                self.assertIn(f"[{operation['summary']}]", line)
                self.assertIn(f"`{method} {path}`", line)
                self.assertEqual("scope" in line, "x-required-scope" in operation)
                headers = [it for it in operation.get("parameters", []) if it["name"] == "Idempotency-Key"]
                self.assertEqual("with `Idempotency-Key`" in line, bool(headers))
