import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

// `make bench`: the dashboard's times, one after the other, in the browser that people have.
export default defineConfig({
  ...tests,
  globalSetup: [],
  testMatch: "bench.ts",
  timeout: 3_600_000,
  retries: 0,
  workers: 1,
  use: {
    ...tests.use,
    trace: "off",
    launchOptions: { executablePath: process.env.E2E_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] },
  },
  projects: [{ name: "desktop", use: { viewport: { width: 1440, height: 900 } } }],
});
