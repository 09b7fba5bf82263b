import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

// The system's browser: Playwright's own download is not needed. Chromium's headless shell is the same engine without the windows, tabs and
// compositing of which a test sees nothing: the same tests take less than half the time in it.
const shell = "/usr/bin/chromium-headless-shell";
const browser = process.env.E2E_CHROMIUM ?? (existsSync(shell) ? shell : "/usr/bin/chromium");

// The tests run against the built program: `make build` first.
export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/globalSetup.ts",
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: true,
  // A machine that does other things meanwhile is slow, not wrong. What succeeds at the second try only is listed as flaky.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  retries: process.env.CI ? 1 : 0,
  workers: 2,
  reporter: [["list"]],
  use: {
    ...(process.env.E2E_BASE_URL && { baseURL: process.env.E2E_BASE_URL }),
    launchOptions: { executablePath: browser, args: ["--no-sandbox", "--disable-gpu"] },
    locale: "en-GB",
    // Recording costs a third of a test, so only what failed is recorded, when it is tried again. `--trace on` has it at once.
    trace: "on-first-retry",
    screenshot: "only-on-failure",
  },
  projects: [
    // Both themes are looked at within a test (e2e/look.ts): that is a matter of a style, not of another page.
    { name: "desktop", use: { viewport: { width: 1440, height: 900 } } },
    {
      name: "phone",
      use: { viewport: { width: 390, height: 844 }, hasTouch: true },
      grep: /@everywhere/,
    },
  ],
});
