import { describe, expect, it } from "vitest";

import { adviceFor, errorAdvice, otherAdvice, ProblemError } from "../src";
import { errorCodes } from "./document";

const problem = (status: number, code: string) => new ProblemError(status, code, "", null, null, {});

describe("the table of errors", () => {
  it("has every code of the document, and no other", () => {
    expect(Object.keys(errorAdvice).sort()).toEqual(errorCodes());
  });

  it.each(Object.entries({ ...errorAdvice, ...otherAdvice }))("speaks both languages of %s", (_, { en, de }) => {
    expect(en).not.toBe(de);
    for (const text of [en, de]) {
      // A sentence or two, polite and without figures.
      expect(text).toMatch(/^[A-ZÄÖÜ][^0-9{}!]{20,160}[.]$/);
    }
  });
});

describe("the advice about something thrown", () => {
  it("is that of its code", () => {
    expect(adviceFor(problem(404, "not_found"))).toBe(errorAdvice.not_found);
  });

  it("knows an answer of something in between, and none at all", () => {
    expect(adviceFor(problem(502, "unreadable_answer"))).toBe(otherAdvice.unreadable_answer);
    expect(adviceFor(new TypeError("Failed to fetch"))).toBe(otherAdvice.no_answer);
  });

  it("goes by the status where the code is newer than the table", () => {
    expect(adviceFor(problem(503, "a_new_code")).retry).toBe(true);
    expect(adviceFor(problem(409, "a_new_code")).retry).toBe(false);
    expect(adviceFor("anything").retry).toBe(true);
  });
});
