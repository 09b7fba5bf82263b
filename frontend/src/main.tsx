import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { StartPage } from "./routes/StartPage";
import "./styles/index.css";

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <StartPage />
    </StrictMode>,
  );
}
