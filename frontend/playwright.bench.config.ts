import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

// `make bench`: the dashboard's times, one after the other.
export default defineConfig({
  ...tests,
  globalSetup: [],
  testMatch: "bench.ts",
  timeout: 3_600_000,
  retries: 0,
  workers: 1,
  projects: [{ name: "desktop", use: { viewport: { width: 1440, height: 900 }, trace: "off" } }],
});
