// @vitest-environment jsdom
import { fixtures } from "@credits/contract/msw";
import { fireEvent, screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it } from "vitest";

import { asked, openPage, ORIGIN } from "./open";

describe("notices", () => {
  it("marks as read what was shown, up to the newest, and nothing before it is told to", async () => {
    let sent: unknown;
    openPage(
      "/#/notifications",
      {},
      http.post(`${ORIGIN}/v1/notifications/read`, async ({ request }) => {
        sent = await request.json();
        return HttpResponse.json(fixtures.read_notifications);
      }),
    );
    const button = await screen.findByRole("button", { name: "Mark all as read" });
    expect(sent).toBeUndefined();
    fireEvent.click(button);
    await expect.poll(() => sent).toEqual({ until: fixtures.list_notifications.data[0]!.number });
  });

  it("says so where there is nothing to tell", async () => {
    openPage("/#/notifications", { list_notifications: "list_notifications.empty" });
    expect(await screen.findByText("Nothing to tell")).toBeDefined();
  });

  it("sends preferences as a whole, and none with a mistake in them", async () => {
    let sent: unknown;
    openPage(
      "/#/notifications?view=preferences",
      {},
      http.put(`${ORIGIN}/v1/notification-preferences`, async ({ request }) => {
        sent = await request.json();
        return HttpResponse.json(sent as object);
      }),
    );
    const before = fixtures.get_notification_preferences;
    fireEvent.click(await screen.findByRole("button", { name: "Add a threshold" }));
    fireEvent.click(screen.getByRole("button", { name: "Save choices" }));
    await expect.poll(() => document.activeElement?.getAttribute("aria-invalid")).toBe("true");
    expect(asked.some((request) => request.startsWith("PUT"))).toBe(false);

    fireEvent.change(document.activeElement!, { target: { value: "7.5" } });
    const choice = screen.getByLabelText<HTMLInputElement>("Credits end soon: By mail");
    const wanted = !choice.checked;
    fireEvent.click(choice);
    fireEvent.click(screen.getByRole("button", { name: "Save choices" }));
    expect(await screen.findByText("Saved.")).toBeDefined();
    expect(sent).toEqual({
      low_balance: [...before.low_balance, "7.5"],
      kinds: before.kinds.map((it) => (it.kind === "credits.expiring" ? { ...it, by_email: wanted } : it)),
    });
  });
});
