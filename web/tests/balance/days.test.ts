import type { Schema } from "@credits/contract";
import { describe, expect, it } from "vitest";

import { askedDays, DAYS, lastDays } from "../../src/balance/days";

function summary(time_zone: string, data: Schema.UsageSum[]): Schema.UsageSummary {
  return { from: "", to: "", time_zone, consumed: "0", refunded: "0", credits: "0", count: 0, data };
}

const use = (date: string, credits: string) => ({ date, credits, consumed: credits, refunded: "0", count: 1 });

describe("the last days", () => {
  it("end with today in the account's zone, and have a figure for each", () => {
    const lateInUtc = new Date("2026-11-29T23:30:00Z");
    const days = lastDays(summary("Europe/Berlin", [use("2026-11-30", "12.5")]), lateInUtc);
    expect(days).toHaveLength(DAYS);
    expect(days[0]).toEqual({ date: "2026-11-01", credits: "0", count: 0 });
    expect(days.at(-1)).toEqual({ date: "2026-11-30", credits: "12.5", count: 1 });
    expect(lastDays(summary("America/New_York", []), lateInUtc).at(-1)?.date).toBe("2026-11-29");
  });

  it.each(["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin"])("are all asked for in %s", (zone) => {
    for (const hour of ["00", "06", "12", "18", "23"]) {
      const now = new Date(`2026-03-29T${hour}:30:00Z`);
      const { from, to } = askedDays(now);
      const days = lastDays(summary(zone, []), now);
      expect(days[0]?.date && days[0].date >= from).toBe(true);
      expect(days.at(-1)?.date && days.at(-1)!.date < to).toBe(true);
    }
  });
});
