/** Tests run in Node, whose `fetch` is that of browsers. */
import { defineConfig } from "vitest/config";

export default defineConfig({ test: { include: ["tests/**/*.test.ts"], restoreMocks: true } });
