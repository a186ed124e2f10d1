// @vitest-environment jsdom
import type { Schema } from "@credits/contract";
import { fixtures } from "@credits/contract/msw";
import { fireEvent, screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it } from "vitest";

import "./dialogs";
import { asked, openPage, ORIGIN } from "./open";

const lists = () => asked.filter((request) => /^GET \/v1\/usage-history(\?|$)/.test(request));
const rows = () => screen.findAllByRole("button", { name: /^Details: / });

describe("the history", () => {
  it("shows a page of entries, and the next one when it is asked for", async () => {
    openPage("/#/history");
    const first = fixtures.list_usage_history;
    expect(await rows()).toHaveLength(first.data.length);
    fireEvent.click(screen.getByRole("button", { name: "Load more" }));
    await expect.poll(async () => (await rows()).length).toBeGreaterThan(first.data.length);
    expect(lists()).toEqual([
      "GET /v1/usage-history",
      `GET /v1/usage-history?cursor=${encodeURIComponent(first.next_cursor ?? "")}`,
    ]);
  });

  it("asks for what is chosen, keeps it in the address, and forgets it again", async () => {
    openPage("/#/history?operation=backtesting");
    await rows();
    fireEvent.change(screen.getByLabelText("Kind"), { target: { value: "debit" } });
    fireEvent.change(screen.getByLabelText("Reference"), { target: { value: " run 7&8 " } });
    fireEvent.submit(screen.getByRole("search"));
    const chosen = "kind=debit&operation=backtesting&reference=run+7%268";
    await expect.poll(() => location.hash).toBe(`#/history?${chosen}`);
    await expect
      .poll(() => lists().at(-1)?.replace("%20", "+"))
      .toBe("GET /v1/usage-history?kind=debit&operation=backtesting&reference=run+7%268");
    fireEvent.click(screen.getByRole("button", { name: "Clear filters" }));
    await expect.poll(() => location.hash).toBe("#/history");
  });

  it("opens an entry in full, at an address of its own", async () => {
    const entry = fixtures.list_usage_history.data[0]! as Schema.Entry;
    openPage(
      "/#/history",
      {},
      http.get(`${ORIGIN}/v1/usage-history/${entry.id}`, () =>
        HttpResponse.json({ entry, refunded: null, lots: [] } satisfies Schema.EntryDetails),
      ),
    );
    const [row] = await rows();
    fireEvent.click(row!);
    const dialog = await screen.findByRole("dialog");
    expect(location.hash).toBe(`#/history?entry=${entry.id}`);
    expect(await within(dialog).findByText("Available after")).toBeDefined();
    fireEvent.click(within(dialog).getByRole("button", { name: "Close" }));
    await expect.poll(() => location.hash).toBe("#/history");
  });

  it("tells nothing yet from nothing that matches", async () => {
    const { unmount } = openPage("/#/history", { list_usage_history: "list_usage_history.empty" });
    expect(await screen.findByText("Nothing has happened yet")).toBeDefined();
    unmount();
    openPage("/#/history?kind=expiry", { list_usage_history: "list_usage_history.empty" });
    expect(await screen.findByText("No entry matches")).toBeDefined();
  });
});
