// @vitest-environment jsdom
import { fixtures } from "@credits/contract/msw";
import { fireEvent, screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it } from "vitest";

import "./dialogs";
import { asked, openPage, ORIGIN } from "./open";

const written = () => asked.filter((request) => !request.startsWith("GET") && request.includes("/v1/"));

describe("auto-recharge", () => {
  it("says why it is suspended, and what helps", async () => {
    openPage("/#/auto-recharge", { get_auto_recharge: "get_auto_recharge.suspended" });
    expect(await screen.findByText("Suspended")).toBeDefined();
    expect(screen.getByText(/declined too often in a row\. There was not enough money/)).toBeDefined();
    expect(screen.getByRole("button", { name: "Use another card" })).toBeDefined();
  });

  it("leads to the page on which a payment is confirmed", async () => {
    openPage("/#/auto-recharge", { get_auto_recharge: "get_auto_recharge.needs_authentication" });
    const link = await screen.findByRole("link", { name: "Confirm the payment" });
    expect(link.getAttribute("href")).toBe(fixtures["get_auto_recharge.needs_authentication"].authentication.url);
  });

  it("sends no settings that would never buy anything", async () => {
    openPage("/#/auto-recharge");
    fireEvent.change(await screen.findByLabelText("Most to spend in a cycle"), { target: { value: "1" } });
    expect(await screen.findByText(/a lower cap would never let one through/)).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "Save settings" }));
    await expect.poll(() => document.activeElement?.getAttribute("aria-invalid")).toBe("true");
    expect(written()).toEqual([]);
  });

  it("sends settings as they are written", async () => {
    let sent: unknown;
    openPage(
      "/#/auto-recharge",
      {},
      http.put(`${ORIGIN}/v1/auto-recharge`, async ({ request }) => {
        sent = await request.json();
        return HttpResponse.json(fixtures.update_auto_recharge);
      }),
    );
    fireEvent.click(await screen.findByLabelText("Fill up to a level"));
    fireEvent.change(screen.getByLabelText("Fill up to"), { target: { value: "1500.5" } });
    fireEvent.click(screen.getByRole("button", { name: "Save settings" }));
    expect(await screen.findByText("Saved.")).toBeDefined();
    const { threshold, monthly_cap } = fixtures["get_auto_recharge.active"].settings;
    expect(sent).toEqual({ enabled: true, threshold, up_to: "1500.5", monthly_cap });
  });

  it("hears of a saved card from whoever comes back, and forgets the way back", async () => {
    openPage("/?card=cs_test_1#/auto-recharge");
    expect(await screen.findByText("Your card is saved.")).toBeDefined();
    expect(location.search).toBe("");
  });

  it("removes a card only once that is confirmed", async () => {
    openPage("/#/auto-recharge");
    fireEvent.click(await screen.findByRole("button", { name: "Remove card" }));
    const dialog = await screen.findByRole("dialog");
    expect(written()).toEqual([]);
    fireEvent.click([...dialog.querySelectorAll("button")].find((it) => it.textContent === "Remove card")!);
    const { id } = fixtures["get_auto_recharge.active"].payment_method;
    await expect.poll(written).toEqual([`DELETE /v1/payment-methods/${id}`]);
  });
});
