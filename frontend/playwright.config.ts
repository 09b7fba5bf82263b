import { defineConfig } from "@playwright/test";

// The tests run against a real server that already listens: e2e/run.sh and `go test -tags e2e ./test/e2e` start one.
const baseURL = process.env.E2E_BASE_URL;
if (!baseURL) {
  throw new Error("E2E_BASE_URL is not set: run the browser tests by frontend/e2e/run.sh");
}

export default defineConfig({
  testDir: "e2e",
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: true,
  workers: 2,
  reporter: [["list"]],
  use: {
    baseURL,
    // The system's browser: Playwright's own download is not needed.
    launchOptions: { executablePath: process.env.E2E_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] },
    locale: "en-GB",
    trace: "retain-on-failure",
  },
  projects: [
    { name: "desktop light", use: { viewport: { width: 1440, height: 900 }, colorScheme: "light" } },
    { name: "desktop dark", use: { viewport: { width: 1440, height: 900 }, colorScheme: "dark" } },
    { name: "phone light", use: { viewport: { width: 390, height: 844 }, colorScheme: "light", hasTouch: true } },
    { name: "phone dark", use: { viewport: { width: 390, height: 844 }, colorScheme: "dark", hasTouch: true } },
  ],
});
