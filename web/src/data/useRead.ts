/** One answer of the service, under the contract's key and for as long as the contract calls it fresh. */
import { type Credits, freshness, queryKey, type Topic } from "@credits/contract";
import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { useCredits } from "../session/Session";

interface Options {
  enabled?: boolean;
  /** Shows the answer to the question before until the new one is there. */
  keepPrevious?: boolean;
  refetchInterval?: number | false;
}

/** `asked` is everything that `read` depends on. */
export function useRead<T>(
  topic: Topic,
  asked: unknown[],
  read: (credits: Credits, signal: AbortSignal) => Promise<T>,
  { enabled = true, keepPrevious = false, refetchInterval = false }: Options = {},
) {
  const credits = useCredits();
  return useQuery({
    queryKey: queryKey(topic, ...asked),
    queryFn: ({ signal }) => read(credits, signal),
    staleTime: freshness[topic],
    enabled,
    refetchInterval,
    placeholderData: keepPrevious ? keepPreviousData : undefined,
  });
}
