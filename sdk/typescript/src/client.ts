// The client: every operation, and the whole history as one sequence.

import { Operations, type Query } from "./operations.js";
import type { Entry } from "./schema.js";
import type { CallOptions } from "./transport.js";

/**
 * Calls the API. Credits are decimal strings, as the service counts them: hand them to a decimal library, never to a
 * number. Instants are strings of RFC 3339, which keep their microseconds: `new Date(text)` reads them.
 */
export class Credits extends Operations {
  /** Every entry that the query finds, newest first; pages are fetched as they are needed. `limit` is a page's size. */
  async *usageHistory(query: Query<"list_usage_history"> = {}, options: CallOptions = {}): AsyncGenerator<Entry> {
    let cursor = query.cursor;
    do {
      const page = await this.listUsageHistory({ ...query, ...(cursor && { cursor }) }, options);
      yield* page.data;
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
  }
}
