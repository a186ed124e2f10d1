/** A lot for tests: 1000 bought credits, untouched, but for what is given. */
import type { Schema } from "@credits/contract";

export function lot(given: Partial<Schema.Lot> = {}): Schema.Lot {
  return {
    id: "019aaf0e-6c00-7a3b-8c11-2f6d8a1b0c01",
    source: "purchase",
    granted: "1000",
    remaining: "1000",
    held: "0",
    frozen: "0",
    granted_at: "2026-11-23T08:59:12Z",
    expires_at: "2027-11-23T08:59:12Z",
    priority: 0,
    ...given,
  };
}
