/** What the overview alone reads. */
import type { Schema } from "@credits/contract";
import { useState } from "react";

import { useRead } from "../data/useRead";
import { useFormat } from "../i18n/format";
import { askedDays } from "./days";

const LATEST = 5;

export function useLatestChanges() {
  return useRead("history", ["latest"], (credits, signal) =>
    credits.get("/v1/usage-history", { params: { query: { limit: LATEST } }, signal }),
  );
}

/** The use of each of the last days. */
export function useDailyUse() {
  const [asked] = useState(() => askedDays(new Date()));
  return useRead("summary", ["day", asked], (credits, signal) =>
    credits.get("/v1/usage-summary", { params: { query: { by: "day", ...asked } }, signal }),
  );
}

/** The days of a cycle, in the account's zone. */
export function useCycleDays(cycle: Schema.Cycle | undefined): string | undefined {
  const format = useFormat();
  const { data } = useDailyUse();
  return cycle && data && format.days(cycle.start, cycle.end, data.time_zone);
}
