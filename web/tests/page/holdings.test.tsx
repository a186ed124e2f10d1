// @vitest-environment jsdom
import { fixtures } from "@credits/contract/msw";
import { fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { asked, openPage } from "./open";

describe("lots", () => {
  it("stand in the order in which they are used, the next one marked", async () => {
    openPage("/#/lots");
    const list = await screen.findByRole("region", { name: "In the order in which they are used" });
    await within(list).findByText("Next");
    const rows = within(list).getAllByRole("listitem");
    expect(rows).toHaveLength(fixtures.list_lots.data.length);
    expect(within(rows[0]!).getByText("Next")).toBeDefined();
  });

  it("lead to buying where there are none", async () => {
    openPage("/#/lots", { list_lots: "list_lots.empty", get_balance: "get_balance.new" });
    const link = await screen.findByRole("link", { name: "Buy credits" });
    expect(link.getAttribute("href")).toBe("#/buy");
  });
});

describe("purchases", () => {
  it("explain themselves unless they are simply paid, and lead to their receipts", async () => {
    openPage("/#/purchases");
    expect(await screen.findByText("Under review")).toBeDefined();
    expect(screen.getByText(/You need not do anything: your money is not lost/)).toBeDefined();
    const receipts = screen.getAllByRole("link", { name: /^Receipt/ });
    const urls = fixtures.list_purchases.data.flatMap((it) => ("receipt_url" in it ? [it.receipt_url] : []));
    expect(receipts.map((it) => it.getAttribute("href"))).toEqual(urls);
  });

  it("that are open ask for their payment page when one goes on, not before", async () => {
    openPage("/#/purchases", { get_checkout_session: "get_checkout_session.expired" });
    const goOn = await screen.findAllByRole("button", { name: "Go on to the payment" });
    expect(asked.some((request) => request.includes("checkout-sessions"))).toBe(false);
    fireEvent.click(goOn[0]!);
    expect(await screen.findByText(/The payment page has closed/)).toBeDefined();
  });
});

describe("the estimator", () => {
  it("prices the work, and says what is missing and what would cover it", async () => {
    openPage("/#/estimate", { create_quote: "create_quote.not_affordable" });
    const { shortfall, suggested_package_id } = fixtures["create_quote.not_affordable"];
    expect(await screen.findByText(`${shortfall} credits are missing.`)).toBeDefined();
    const buy = screen.getByRole("link", { name: "Buy credits" });
    expect(buy.getAttribute("href")).toBe(`#/buy?package=${suggested_package_id}`);
  });

  it("asks for no price of what is no number, and for one once writing has stopped", async () => {
    openPage("/#/estimate");
    const quotes = () => asked.filter((request) => request === "POST /v1/quotes").length;
    await expect.poll(quotes).toBe(1);
    const [field] = await screen.findAllByRole("textbox");
    for (const value of ["2", "25", "2500", "25000"]) {
      fireEvent.change(field!, { target: { value } });
    }
    await expect.poll(quotes).toBe(2);
    fireEvent.change(field!, { target: { value: "25,000" } });
    expect(await screen.findByText(/^A number such as/)).toBeDefined();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(quotes()).toBe(2);
  });
});
