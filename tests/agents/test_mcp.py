"""The Model Context Protocol's own client beside a live server: it finds the tools, calls each, and buys."""

import logging
import os
import unittest
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
from mcp.client.client import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError

from web import API_URL, request, until

STATELESS = "2026-07-28"
# How long a step took is of no interest here.
logging.getLogger("asyncio").setLevel(logging.ERROR)
GOOD_CARD = {"card_number": "4242424242424242", "exp": "12/34", "cvc": "123", "email": "agent@example.com"}


@asynccontextmanager
async def client_of(token: str, mode: str = STATELESS) -> AsyncIterator[Client]:
    headers = {"Authorization": f"Bearer {os.environ[token]}"}
    async with httpx2.AsyncClient(headers=headers, trust_env=False, timeout=30) as http:
        transport = streamable_http_client(f"{API_URL}/mcp", http_client=http)
        async with Client(transport, mode=mode) as client:
            yield client


class Tools(unittest.IsolatedAsyncioTestCase):
    async def test_it_is_found_by_clients_of_every_revision(self) -> None:
        for mode in (STATELESS, "auto", "legacy"):
            with self.subTest(mode):
                async with client_of("USER_TOKEN", mode) as client:
                    names = [tool.name for tool in (await client.list_tools()).tools]
                    balance = await client.call_tool("get_balance", {})
                self.assertIn("get_balance", names)
                self.assertEqual(balance.structured_content["account_id"], "schema-user")

    async def test_every_tool_says_what_it_takes_and_what_may_be_assumed_of_it(self) -> None:
        async with client_of("USER_TOKEN") as client:
            tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        hints = {
            name: (it.annotations.read_only_hint, it.annotations.destructive_hint,
                   it.annotations.idempotent_hint, it.annotations.open_world_hint)
            for name, it in tools.items()
        }  # fmt: skip
        self.assertEqual(
            hints,
            {
                "get_balance": (True, False, True, False),
                "list_usage_history": (True, False, True, False),
                "list_packages": (True, False, True, False),
                "create_quote": (False, False, False, False),
                "create_checkout_session": (False, False, True, True),
            },
        )
        for name, tool in tools.items():
            with self.subTest(name):
                self.assertIs(tool.input_schema["additionalProperties"], False)
                self.assertEqual(tool.output_schema["type"], "object")
        checkout = tools["create_checkout_session"]
        self.assertIn("idempotency_key", checkout.input_schema["required"])
        self.assertIn("Nothing is paid", checkout.description)

    async def test_an_agent_asks_for_a_link_a_person_pays_and_the_balance_rises(self) -> None:
        async with client_of("USER_TOKEN") as client:
            await self.buy(client)

    async def buy(self, client: Client) -> None:
        async def called(tool: str, **arguments):
            # The client holds every answer to the schema that the tool has promised.
            result = await client.call_tool(tool, arguments)
            self.assertFalse(result.is_error, result.content)
            return result

        async def available() -> float:
            return float((await called("get_balance")).structured_content["available"])

        before = await available()
        work = {"operation": "market_analysis", "quantities": {"reports": 1000}}
        quote = (await called("create_quote", **work)).structured_content
        self.assertFalse(quote["affordable"])
        packages = (await called("list_packages")).structured_content["data"]
        wanted = next(it for it in packages if it["id"] == quote["suggested_package_id"])

        order = {"package_id": wanted["id"], "idempotency_key": str(uuid.uuid4())}
        answer = await called("create_checkout_session", **order)
        self.assertIn("Nothing is paid yet", answer.content[-1].text)
        session = answer.structured_content
        again = (await called("create_checkout_session", **order)).structured_content
        self.assertEqual(again, session)
        self.assertEqual(await available(), before)

        status, _, page = request(session["url"], GOOD_CARD)
        self.assertEqual(status, 303, page)
        bought = float(wanted["credits"]) + float(wanted["bonus_credits"])

        async def arrived() -> bool:
            return await available() == before + bought

        await until("the credits arrive", arrived)
        granted = (await called("list_usage_history", kind="grant", limit=1)).structured_content
        self.assertEqual(granted["data"][0]["purchase_id"], session["purchase_id"])
        self.assertTrue((await called("create_quote", **work)).structured_content["affordable"])

    async def test_what_the_api_refuses_is_an_error_that_a_model_can_read(self) -> None:
        arguments = {"package_id": "starter", "idempotency_key": str(uuid.uuid4())}
        async with client_of("SERVICE_TOKEN") as client:
            refused = await client.call_tool("create_checkout_session", arguments)
            self.assertTrue(refused.is_error)
            self.assertIn('"code":"insufficient_scope"', refused.content[0].text)
            with self.assertRaisesRegex(MCPError, "no tool of the name"):
                await client.call_tool("take_everything", {})
