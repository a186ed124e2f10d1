/**
 * The service without the service: handlers for MSW that answer with the fixtures, so that a page can be developed and
 * tested with nothing running. A scene says which of its variants an operation answers with, or which problem.
 */
import { http, HttpResponse, type HttpHandler } from "msw";

import { fixtures, routes } from "./fixtures";

export { fixtures };

export type FixtureName = keyof typeof fixtures;
type Operation = keyof typeof routes;
type AnswerName<O extends Operation> = Extract<FixtureName, O | `${O}.${string}`>;
type ProblemName = Extract<FixtureName, `problem.${string}`>;

/** What each operation answers: `{ get_balance: "get_balance.low", list_lots: "problem.not_found" }`. */
export type Scene = { [O in Operation]?: AnswerName<O> | ProblemName };

/** What is answered where a scene says nothing: an account in daily use. */
export const everyday = {
  create_checkout_session: "create_checkout_session",
  create_payment_method_session: "create_payment_method_session",
  create_quote: "create_quote",
  get_auto_recharge: "get_auto_recharge.active",
  get_balance: "get_balance",
  get_checkout_session: "get_checkout_session.paid",
  get_custom_price: "get_custom_price",
  get_notification_preferences: "get_notification_preferences",
  get_payment_method_session: "get_payment_method_session.complete",
  get_purchase: "get_purchase",
  get_purchase_advice: "get_purchase_advice",
  get_usage_entry: "get_usage_entry",
  get_usage_summary: "get_usage_summary",
  list_lots: "list_lots",
  list_notifications: "list_notifications",
  list_operations: "list_operations",
  list_packages: "list_packages",
  list_purchases: "list_purchases",
  list_usage_history: "list_usage_history",
  read_notifications: "read_notifications",
  update_auto_recharge: "update_auto_recharge",
  update_notification_preferences: "update_notification_preferences",
} as const satisfies Required<Scene>;

export interface HandlerOptions {
  /** As the client's; "" for the page's own origin. */
  apiUrl?: string;
  scene?: Scene;
}

export function createHandlers({ apiUrl = "", scene = {} }: HandlerOptions = {}): HttpHandler[] {
  const told: Required<Scene> = { ...everyday, ...scene };
  const answers = (Object.keys(routes) as Operation[]).map((operation) => {
    const { method, path, status } = routes[operation];
    return http[method](apiUrl + path.replace(/\{(\w+)\}/g, ":$1"), ({ request }) =>
      answer(pageOf(told[operation], request), status),
    );
  });
  return [
    // Before the entry of a history whose id would be "export".
    http.get(`${apiUrl}/v1/usage-history/export`, () => file(EXPORT)),
    ...answers,
    http.delete(`${apiUrl}/v1/payment-methods/:id`, () => new HttpResponse(null, { status: 204 })),
    http.get(`${apiUrl}/v1/events`, ({ request }) => live(told.get_balance, request.signal)),
  ];
}

/** The next page of a list that has one. */
function pageOf(name: FixtureName, request: Request): FixtureName {
  const next = `${name}.next`;
  return new URL(request.url).searchParams.has("cursor") && next in fixtures ? (next as FixtureName) : name;
}

function answer(name: FixtureName, status: number): Response {
  const body = fixtures[name];
  const isProblem = name.startsWith("problem.") && "status" in body;
  return new HttpResponse(JSON.stringify(body), {
    status: isProblem ? Number(body.status) : status,
    headers: { "Content-Type": isProblem ? "application/problem+json" : "application/json" },
  });
}

const EXPORT = "sequence,created_at,kind,amount\r\n1,2026-09-07T08:00:00Z,grant,5000\r\n";

function file(text: string): Response {
  return new HttpResponse(text, { headers: { "Content-Type": "text/csv; charset=utf-8" } });
}

/** A stream that tells the balance and then stays open, for nothing happens. */
function live(balance: FixtureName, signal: AbortSignal): Response {
  if (balance.startsWith("problem.")) {
    return answer(balance, 200);
  }
  const event = `id: 0\nevent: balance\ndata: ${JSON.stringify(fixtures[balance])}\n\n`;
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(event));
      signal.addEventListener("abort", () => controller.close());
    },
  });
  return new HttpResponse(stream, { headers: { "Content-Type": "text/event-stream" } });
}
