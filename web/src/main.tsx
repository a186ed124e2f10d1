/** Starts the page. */
import "./ui/tokens.css";
import "./ui/base.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./app/App";
import { currentRoute } from "./app/routes";
import { preload } from "./app/screens";

// Beside the settings and the token, not after them.
preload(currentRoute().screen);

const page = document.getElementById("page");
if (page !== null) {
  createRoot(page).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
