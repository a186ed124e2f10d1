/** How an entry is headed: by the work that it is about, else by what happened. */
import type { Schema } from "@credits/contract";

import { useOperationName } from "../data/useOperationName";
import { storyOf } from "./story";
import { useTexts } from "./texts";

export function useHeading(): (entry: Schema.Entry) => string {
  const t = useTexts();
  const nameOf = useOperationName();
  return (entry) => {
    if (entry.operation === undefined) {
      return t.titles[storyOf(entry)];
    }
    return entry.variant === undefined ? nameOf(entry.operation) : `${nameOf(entry.operation)} · ${entry.variant}`;
  };
}
