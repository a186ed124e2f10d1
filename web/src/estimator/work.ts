/** The work to be estimated: which rate prices it, what is typed, and what the service is asked. */
import type { Schema } from "@credits/contract";

type Operation = Schema.Operation;
type Rate = Schema.Rate;

export interface Work {
  operation: string;
  variant: string | undefined;
  /** As they are typed, by the names of what is counted. */
  quantities: Record<string, string>;
}

/** What can be estimated: an operation without a rate in effect cannot. */
export function priced(operations: readonly Operation[]): Operation[] {
  return operations.filter((operation) => operation.rates.length > 0);
}

export function rateOf(operation: Operation, variant: string | undefined): Rate | undefined {
  return operation.rates.find((rate) => rate.variant === variant) ?? operation.rates[0];
}

/** A first piece of work of an operation: one of what its prices are for, so that a price stands there at once. */
export function firstWork(operation: Operation, variant?: string): Work {
  const rate = rateOf(operation, variant);
  const one = (rate?.components ?? []).map(({ quantity, per }) => [quantity, String(per)] as const);
  return { operation: operation.operation, variant: rate?.variant, quantities: Object.fromEntries(one) };
}

/** The same work priced by another variant: what both count is kept. */
export function withVariant(work: Work, operation: Operation, variant: string): Work {
  const first = firstWork(operation, variant);
  const kept = Object.entries(first.quantities).map(([name, usual]) => [name, work.quantities[name] ?? usual] as const);
  return { ...first, quantities: Object.fromEntries(kept) };
}

const QUANTITY = /^\d{1,13}(\.\d{1,6})?$/;
const MOST = 1_000_000_000_000;

/** What is typed as a quantity; null where it is none that work can have. */
export function readQuantity(text: string): number | null {
  const value = Number(text);
  return QUANTITY.test(text) && value <= MOST ? value : null;
}

/** What the service is asked; null while something that is typed is no quantity. */
export function requestOf(work: Work): Schema.NewQuote | null {
  const quantities: Record<string, number> = {};
  for (const [name, text] of Object.entries(work.quantities)) {
    const value = readQuantity(text);
    if (value === null) {
      return null;
    }
    quantities[name] = value;
  }
  const { operation, variant } = work;
  return { operation, ...(variant === undefined ? {} : { variant }), quantities };
}
