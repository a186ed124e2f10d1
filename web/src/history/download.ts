/**
 * Fetches the history as a CSV file. A link cannot do that: it carries no token. What broke off half-way is no file:
 * the service cuts the connection then, and the download fails as a whole.
 */
import type { Credits } from "@credits/contract";

import { dayOf } from "./days";
import type { HistoryQuery } from "./filters";

export interface Download {
  bytes: number;
}

export async function downloadHistory(
  credits: Credits,
  query: HistoryQuery,
  name: string,
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Download> {
  const params = new URLSearchParams({ format: "csv", ...query });
  const response = await credits.fetch(`/v1/usage-history/export?${params}`, { signal });
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) {
    parts.push(read.value);
    bytes += read.value.byteLength;
    onProgress(bytes);
  }
  keep(new Blob(parts, { type: "text/csv" }), name);
  return { bytes };
}

function keep(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser has taken the file over once the click is done with.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** "credits-history-2026-11-29.csv", by the date of whoever downloads it. */
export function fileName(stem: string, now: Date): string {
  return `${stem}-${dayOf(now)}.csv`;
}
