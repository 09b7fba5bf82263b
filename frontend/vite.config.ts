import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { firstPageParts } from "./scripts/first-page.mjs";
import { inlineDocuments, listDocuments } from "./scripts/inline-documents.mjs";
import { schemaReference } from "./scripts/schema-reference.mjs";

// What the Go server answers: `npm run dev` passes it on, so that page and API share an origin in development too.
const serverPaths = ["/graphql", "/enroll", "/scep", "/mdm", "/export", "/import", "/healthz", "/readyz"];
const server = process.env.GUARDMDM_DEV_SERVER ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [inlineDocuments(), listDocuments(), schemaReference(), react(), tailwindcss()],
  build: {
    // The first versions with CSS light-dark(), which the theme tokens use.
    target: ["chrome123", "firefox120", "safari17.5"],
    // The content security policy allows neither data: scripts and fonts nor inline code.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true, // for scripts/budget.mjs
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: firstPageParts() }] } } },
  },
  server: {
    fs: { allow: [".", "../docs"] }, // examples and help are the documentation's
    proxy: Object.fromEntries(serverPaths.map((path) => [path, { target: server, ws: true }])),
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/testing/setup.ts"],
    restoreMocks: true,
    testTimeout: 30_000,
    maxWorkers: 2, // of two processors vitest would leave one alone
  },
});
