/** A list that is read page by page, newest first, for as long as somebody asks for more of it. */
import { type Credits, freshness, queryKey, type Topic } from "@credits/contract";
import { useInfiniteQuery } from "@tanstack/react-query";

import { useCredits } from "../session/Session";

interface Page<Item> {
  data: Item[];
  next_cursor?: string | null;
}

/** `asked` is everything that `read` depends on, beside the cursor. */
export function usePages<Item, P extends Page<Item>>(
  topic: Topic,
  asked: unknown[],
  read: (credits: Credits, cursor: string | undefined, signal: AbortSignal) => Promise<P & Page<Item>>,
) {
  const credits = useCredits();
  return useInfiniteQuery({
    queryKey: queryKey(topic, "pages", ...asked),
    queryFn: ({ pageParam, signal }) => read(credits, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: freshness[topic],
  });
}
