/** The price of work while it is typed: asked for once nothing was typed for a moment. It takes nothing. */
import type { Schema } from "@credits/contract";
import { useEffect, useState } from "react";

import { useRead } from "../data/useRead";

const SETTLED_AFTER_MS = 300;

export function useQuote(request: Schema.NewQuote | null) {
  const settled = useSettled(request);
  const read = useRead(
    "quote",
    [settled],
    (credits, signal) => credits.post("/v1/quotes", { body: settled ?? neverAsked(), signal }),
    { enabled: settled !== null, keepPrevious: true },
  );
  const isOld = read.isPlaceholderData || JSON.stringify(settled) !== JSON.stringify(request);
  return { ...read, isOld };
}

function neverAsked(): never {
  throw new Error("A quote is asked for where there is work.");
}

/** The value as it was once it had stayed the same for a moment. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text) as T), SETTLED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
