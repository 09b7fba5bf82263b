import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { recheckViewer } from "./features/session/session";
import { ApiProvider } from "./graphql/ApiContext";
import { createApi } from "./graphql/client";
import { watchTyping } from "./lib/outdated";
import { applyTheme } from "./lib/theme";
import { makeRouter } from "./routes/router";
import "./styles/index.css";

applyTheme();
watchTyping();

// A new session begins with a new page: nothing of the old one stays in memory.
const api = createApi({
  onSignedOut() {
    if (location.pathname === "/signin") return;
    const next = location.pathname + location.search;
    location.assign(next === "/" ? "/signin" : `/signin?next=${encodeURIComponent(next)}`);
  },
  onRefused: (client) => void recheckViewer(client),
});
const router = makeRouter(api);

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <ApiProvider api={api}>
        <RouterProvider router={router} />
      </ApiProvider>
    </StrictMode>,
  );
}
