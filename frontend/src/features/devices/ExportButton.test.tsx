import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { ExportButton } from "./ExportButton";
import { exportUrl } from "./filter";

test("the list is saved as a file, narrowed as it is", () => {
  const where = { platformIn: ["MACOS" as const], removedAtIsNil: true };
  render(<ExportButton where={where} />);
  const link = screen.getByRole("link", { name: "Export CSV" });
  expect(link).toHaveAttribute("href", exportUrl(where));
  expect(link).toHaveAttribute("download");
});
