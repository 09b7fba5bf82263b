import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { inlineDocuments } from "./scripts/inline-documents.mjs";

/** Takes GraphiQL's own fonts away: they are inside its styles as data, which the content security policy refuses. */
function withoutFonts() {
  return {
    name: "without-fonts",
    enforce: "pre" as const,
    transform(code: string, id: string) {
      return id.includes("graphiql/dist/style.css") ? code.replace(/@font-face\s*\{[^}]*\}/g, "") : null;
    },
  };
}

// The API explorer, built after the dashboard and apart from it: GraphiQL has styles of its own, and nothing of it is to weigh on the other pages.
export default defineConfig({
  plugins: [inlineDocuments(), withoutFonts(), react()],
  publicDir: false,
  build: {
    target: ["chrome123", "firefox120", "safari17.5"],
    emptyOutDir: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: ".vite/explorer.json", // for scripts/budget.mjs
    rolldownOptions: { input: "explorer.html" },
  },
  resolve: {
    // It locks the page's scrolling by an inline style, which the policy refuses, and this page does not scroll.
    alias: { "react-style-singleton": new URL("src/explorer/noStyle.ts", import.meta.url).pathname },
  },
});
