/** The memory of what was read, with the contract's rules on when to ask again. */
import { retryDelayMs, shouldRetry } from "@credits/contract";
import { QueryClient } from "@tanstack/react-query";

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: shouldRetry, retryDelay: retryDelayMs },
      // A write is tried again by its owner, with the same key: `createAttempts` of the contract.
      mutations: { retry: false },
    },
  });
}
