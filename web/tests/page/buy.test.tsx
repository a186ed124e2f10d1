// @vitest-environment jsdom
import { fixtures } from "@credits/contract/msw";
import { fireEvent, screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it } from "vitest";

import { createFormat } from "../../src/i18n/format";
import { asked, openPage, ORIGIN } from "./open";

const format = createFormat("en-US");
const pricesAsked = () => asked.filter((request) => request.includes("custom-price"));

describe("buying", () => {
  it("begins with the package that will surely be used up", async () => {
    openPage("/#/buy", { get_purchase_advice: "get_purchase_advice.package" });
    const advised = fixtures["get_purchase_advice.package"].package_id;
    const { price } = fixtures.list_packages.data.find(({ id }) => id === advised)!;
    expect(await screen.findByRole("button", { name: `Pay ${format.money(price)} at Stripe` })).toBeDefined();
    expect(screen.getByText("This amount will surely be used up before it ends.")).toBeDefined();
    expect(screen.getByText(/non-refundable once purchased\. They end one year after the payment, on /)).toBeDefined();
  });

  it("prices a number of one's own as it is typed, and only a number that can be bought", async () => {
    openPage("/#/buy");
    const { credits, price } = fixtures.get_custom_price;
    fireEvent.click(await screen.findByText("Another amount"));
    const field = await screen.findByLabelText("Number of credits");
    fireEvent.change(field, { target: { value: "2.5" } });
    expect(await screen.findByText("Please write a whole number, such as 2500.")).toBeDefined();
    fireEvent.change(field, { target: { value: "9999999999" } });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(pricesAsked()).toEqual([]);
    fireEvent.change(field, { target: { value: format.credits(credits) } });
    expect(await screen.findByRole("button", { name: `Pay ${format.money(price)} at Stripe` })).toBeDefined();
    expect(pricesAsked()).toHaveLength(1);
  });

  it("takes a promotion code that can be used, and says of any other why it cannot", async () => {
    const promoted = fixtures["list_packages.promotion"];
    const code = promoted.promotion.code;
    const list = http.get(`${ORIGIN}/v1/packages`, ({ request }) => {
      const asked = new URL(request.url).searchParams.get("promotion_code");
      if (asked !== null && asked !== code) {
        return HttpResponse.json(fixtures["problem.not_found"], {
          status: 404,
          headers: { "Content-Type": "application/problem+json" },
        });
      }
      return HttpResponse.json(asked === null ? fixtures.list_packages : promoted);
    });
    openPage("/#/buy?package=plus", {}, list);
    fireEvent.click(await screen.findByRole("button", { name: "I have a promotion code" }));
    const field = await screen.findByLabelText("Promotion code");
    fireEvent.change(field, { target: { value: "NONESUCH" } });
    fireEvent.click(screen.getByRole("button", { name: "Apply" }));
    expect(await screen.findByText("There is no such code. Please check how it is spelt.")).toBeDefined();
    fireEvent.change(field, { target: { value: code } });
    fireEvent.click(screen.getByRole("button", { name: "Apply" }));
    const { price } = promoted.data.find(({ id }) => id === "plus")!.with_promotion!;
    expect(await screen.findByRole("button", { name: `Pay ${format.money(price)} at Stripe` })).toBeDefined();
  });

  it("turns from processing to done by itself, once, and a reload returns no second time", async () => {
    let polled = 0;
    openPage(
      "/?checkout=cs_test_1#/buy",
      {},
      http.get(`${ORIGIN}/v1/checkout-sessions/:id`, () => {
        polled += 1;
        return HttpResponse.json(fixtures[polled < 2 ? "get_checkout_session.open" : "get_checkout_session.paid"]);
      }),
    );
    expect(await screen.findByText("Confirming the payment")).toBeDefined();
    expect(await screen.findByText("Payment confirmed")).toBeDefined();
    expect(location.search).toBe("");
    expect(location.hash).toBe("#/buy?session=cs_test_1");
  });

  it.each([
    ["awaiting_funds", "The bank is sending the money"],
    ["failed", "The payment failed"],
    ["expired", "The payment was not made in time"],
    ["review", "Your payment is being checked"],
    ["refunded", "This payment went back"],
  ] as const)("tells what a payment that is %s means", async (status, title) => {
    openPage("/#/buy?session=cs_test_1", { get_checkout_session: `get_checkout_session.${status}` });
    expect(await screen.findByRole("heading", { name: title })).toBeDefined();
  });

  it("tells who gave up at Stripe that nothing was charged", async () => {
    openPage("/?checkout=cancelled#/buy");
    expect(await screen.findByText("Nothing was charged")).toBeDefined();
    expect(location.search).toBe("");
  });
});
