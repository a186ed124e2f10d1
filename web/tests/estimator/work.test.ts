/** Work that is typed, as the service is asked for its price. */
import type { Schema } from "@credits/contract";
import { expect, test } from "vitest";

import { firstWork, priced, readQuantity, requestOf, withVariant } from "../../src/estimator/work";

const component = (quantity: string, per: number): Schema.RateComponent => ({
  quantity,
  per,
  price: "1",
  unit: quantity,
});
const rate = (variant: string | undefined, ...components: Schema.RateComponent[]): Schema.Rate => ({
  ...(variant === undefined ? {} : { variant }),
  version: 1,
  base: "0",
  components,
  effective_at: "2026-01-01T00:00:00Z",
});

const inference: Schema.Operation = {
  operation: "model_inference",
  name: "AI model inference",
  description: "",
  rates: [
    rate("small", component("input_tokens", 1000)),
    rate("large", component("input_tokens", 1000), component("images", 1)),
  ],
};
const analysis: Schema.Operation = {
  operation: "market_analysis",
  name: "Market analysis",
  description: "",
  rates: [rate(undefined, component("reports", 1))],
};

test("the first work is one of what the prices are for", () => {
  expect(firstWork(inference)).toEqual({
    operation: "model_inference",
    variant: "small",
    quantities: { input_tokens: "1000" },
  });
  expect(requestOf(firstWork(analysis))).toEqual({ operation: "market_analysis", quantities: { reports: 1 } });
});

test("another variant keeps what both count, and asks for all of its own", () => {
  const typed = { ...firstWork(inference), quantities: { input_tokens: "250000" } };
  const large = withVariant(typed, inference, "large");
  expect(requestOf(large)).toEqual({
    operation: "model_inference",
    variant: "large",
    quantities: { input_tokens: 250000, images: 1 },
  });
});

test("what is no quantity asks for nothing", () => {
  for (const text of ["", "-1", "1e3", "1.0000001", "1000000000000.5", "many", "1,5"]) {
    expect(readQuantity(text)).toBeNull();
    expect(requestOf({ operation: "o", variant: undefined, quantities: { reports: text } })).toBeNull();
  }
  expect(["0", "7.5", "0.000001", "1000000000000"].map(readQuantity)).toEqual([0, 7.5, 0.000001, 1e12]);
});

test("an operation without a rate in effect is left out", () => {
  expect(priced([{ ...analysis, rates: [] }, inference])).toEqual([inference]);
});
