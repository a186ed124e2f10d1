import { describe, expect, it } from "vitest";

import { createFormat } from "../../src/i18n/format";

const en = createFormat("en-US");
const de = createFormat("de-DE");
/** Spaces that don't break are written by `Intl` as it likes. */
const plain = (text: string) => text.replace(/[\u00a0\u202f\u2009]/g, " ");

describe("figures", () => {
  it("keep every digit, beyond what a float holds", () => {
    expect(en.credits("8999999999.999999")).toBe("8,999,999,999.999999");
    expect(de.credits("8999999999.999999")).toBe("8.999.999.999,999999");
  });

  it("are cut at a glance, so that nobody is shown more than they have", () => {
    expect(en.creditsShort("99.999999")).toBe("99.99");
    expect(en.creditsShort("-0.019")).toBe("-0.01");
  });

  it("show money in its own decimals, and the price of a credit in as many as it has", () => {
    expect(plain(de.money({ amount: 4600, currency: "eur" }))).toBe("46,00 €");
    expect(en.money({ amount: 4600, currency: "jpy" })).toBe("¥4,600");
    expect(en.unitPrice("0.726", "usd")).toBe("$0.00726");
    expect(en.unitPrice("1", "usd")).toBe("$0.01");
  });

  it("show a change with its sign", () => {
    expect(en.change("5000")).toBe("+5,000");
    expect(en.change("-0.5")).toBe("-0.5");
    expect(en.change("0")).toBe("0");
  });
});

describe("times", () => {
  it("take a calendar date for that date, in whatever zone it is read", () => {
    expect(en.date("2026-11-29")).toBe("Nov 29, 2026");
  });

  it("name a cycle by its first and its last day in the account's zone", () => {
    expect(plain(en.days("2026-10-31T23:00:00Z", "2026-11-30T23:00:00Z", "Europe/Berlin"))).toBe("Nov 1 – 30, 2026");
  });

  it("never make an end seem further than it is", () => {
    const now = new Date("2026-11-29T12:00:00Z");
    expect(en.relative("2026-12-01T11:59:00Z", now)).toBe("tomorrow");
    expect(en.relative("2026-12-01T12:00:00Z", now)).toBe("in 2 days");
    expect(de.relative("2026-11-29T11:58:30Z", now)).toBe("vor 1 Minute");
  });
});
