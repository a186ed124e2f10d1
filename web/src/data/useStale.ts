/** Says that what was read about some things is out of date: what is shown of them is asked for again. */
import { queryKey, type Topic } from "@credits/contract";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

export function useStale(): (topics: readonly Topic[]) => void {
  const queries = useQueryClient();
  return useCallback(
    (topics) => topics.forEach((topic) => void queries.invalidateQueries({ queryKey: queryKey(topic) })),
    [queries],
  );
}
