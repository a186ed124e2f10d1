/**
 * How the page is built: static files with relative addresses, so that they work under any path. While developing,
 * everything that is not the page comes from a service on this machine (`CREDITS_URL` names another).
 */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const service = process.env.CREDITS_URL ?? "http://127.0.0.1:8080";

export default defineConfig({
  base: "./",
  plugins: [react()],
  build: { target: "es2022", manifest: true },
  css: { modules: { localsConvention: "camelCaseOnly" } },
  server: { proxy: Object.fromEntries(["/v1", "/page.json", "/sandbox"].map((path) => [path, service])) },
  test: { include: ["tests/**/*.test.{ts,tsx}"], testTimeout: 20_000 },
});
