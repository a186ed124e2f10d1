// @vitest-environment jsdom
import { fixtures } from "@credits/contract/msw";
import { screen, within } from "@testing-library/react";
import { http } from "msw";
import { describe, expect, it } from "vitest";

import { createFormat } from "../../src/i18n/format";
import { asked, openPage, ORIGIN } from "./open";

const format = createFormat("en-US");

describe("the overview", () => {
  it("shows what is available, what it was used for, and the latest changes", async () => {
    openPage("/#/");
    const { available, cycle } = fixtures.get_balance;
    const standing = await screen.findByRole("region", { name: "Available credits" });
    expect(await within(standing).findByText(format.creditsShort(available))).toBeDefined();
    const table = await screen.findByRole("table", { name: "Credits used in this cycle, by operation" });
    expect(within(table).getAllByRole("row")).toHaveLength(cycle.by_operation.length + 1);
    expect(await screen.findByRole("table", { name: "The latest changes of your credits" })).toBeDefined();
  });

  it("greets a newcomer with how credits work, and warns of nothing", async () => {
    openPage("/#/", {
      get_balance: "get_balance.new",
      list_usage_history: "list_usage_history.empty",
      list_notifications: "list_notifications.empty",
      get_auto_recharge: "get_auto_recharge.off",
    });
    expect(await screen.findByText("How credits work")).toBeDefined();
    expect(screen.queryByText("You have no credits left")).toBeNull();
  });

  it("warns of a balance that runs low and of an auto-recharge that is suspended", async () => {
    openPage("/#/", {
      get_balance: "get_balance.low",
      list_notifications: "list_notifications.low",
      get_auto_recharge: "get_auto_recharge.suspended",
    });
    expect(await screen.findByText("Auto-recharge is suspended")).toBeDefined();
    expect(screen.getByText(/^Only .* credits left$/)).toBeDefined();
  });

  it("says what could not be read, and asks for it again when it is told to, not by itself", async () => {
    openPage("/#/", { list_usage_history: "problem.insufficient_scope" });
    const latest = await screen.findByRole("region", { name: "Latest changes" });
    expect(await within(latest).findByRole("alert")).toBeDefined();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(asked.filter((request) => request.startsWith("GET /v1/usage-history"))).toHaveLength(1);
    within(latest).getByRole("button", { name: "Try again" }).click();
    await screen.findByText("Latest changes");
    await expect.poll(() => asked.filter((request) => request.startsWith("GET /v1/usage-history")).length).toBe(2);
  });

  it("gives way to a sign-in when the session has ended", async () => {
    openPage(
      "/#/",
      {},
      http.post(`${ORIGIN}/token`, () => new Response(null, { status: 401 })),
    );
    const signIn = await screen.findByRole("link", { name: "Sign in again" });
    expect(signIn.getAttribute("href")).toBe("/sign-in");
  });
});
