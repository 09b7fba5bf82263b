import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

afterEach(cleanup);

// jsdom hides popovers and cannot show them.
HTMLElement.prototype.showPopover = function () {
  this.removeAttribute("popover");
};
