import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { applyTheme } from "../lib/theme";
import { Explorer } from "./Explorer";
import "graphiql/style.css";
import "./explorer.css";

applyTheme();
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Explorer />
    </StrictMode>,
  );
}
