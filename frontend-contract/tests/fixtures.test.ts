import { Ajv2020 } from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";

import { fixtures, routes } from "../src/fixtures";
import { document } from "./document";

// What the compiler cannot see of an answer: patterns, formats, bounds.
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addFormat("decimal", /^-?\d+(\.\d+)?$/);
ajv.addSchema(document, "document");

const escaped = (path: string) => path.replaceAll("~", "~0").replaceAll("/", "~1");

function schemaOf(name: string): string {
  const operation = name.split(".", 1)[0] ?? "";
  if (operation === "problem") {
    return "document#/components/schemas/Problem";
  }
  const { path, method, status } = routes[operation as keyof typeof routes];
  return `document#/paths/${escaped(path)}/${method}/responses/${status}/content/application~1json/schema`;
}

describe.each(Object.entries(fixtures))("the fixture %s", (name, fixture) => {
  it("is what the document says of its operation", () => {
    ajv.validate({ $ref: schemaOf(name) }, fixture);
    expect(ajv.errors).toBeNull();
  });
});

it("no fixture is known by what changes from run to run", () => {
  const text = JSON.stringify(fixtures);
  expect(text).not.toMatch(/127\.0\.0\.1|localhost|20[^2]\d-\d\d-\d\d/);
});

it("a fixture that breaks the document's rules is noticed", () => {
  const wrong = { ...fixtures.get_balance, available: "1e3" };
  expect(ajv.validate({ $ref: schemaOf("get_balance") }, wrong)).toBe(false);
});
