/** Import it where a dialog is opened: jsdom knows no `CSS.escape`, and dialogs ask for it. */
import { beforeEach, vi } from "vitest";

beforeEach(() => {
  // What is escaped here are ids of our own, which need no escape.
  vi.stubGlobal("CSS", { escape: (text: string) => text });
});
