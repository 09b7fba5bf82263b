import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

afterEach(cleanup);

// A machine that is busy is slow, not wrong.
configure({ asyncUtilTimeout: 10_000 });

// jsdom hides popovers and cannot show them.
HTMLElement.prototype.showPopover = function () {
  this.removeAttribute("popover");
};
