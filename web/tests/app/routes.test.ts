import { describe, expect, it } from "vitest";

import { href, readRoute, SCREENS } from "../../src/app/routes";

describe("a route", () => {
  it.each(SCREENS)("to %s is read as it was written", (screen) => {
    const { screen: read, params } = readRoute(href(screen, { reference: "run 1 & more", kind: undefined }));
    expect(read).toBe(screen);
    expect([...params]).toEqual([["reference", "run 1 & more"]]);
  });

  it.each(["", "#", "#/", "#/nowhere", "#nowhere/else"])("that leads nowhere (%j) is the overview", (fragment) => {
    expect(readRoute(fragment).screen).toBe("overview");
  });

  it("is the page itself for the overview", () => {
    expect(href("overview")).toBe("#/");
    expect(href("overview", { day: "" })).toBe("#/");
  });
});
