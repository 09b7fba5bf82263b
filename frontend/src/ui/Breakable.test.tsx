import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { Breakable } from "./Breakable";

test("an address may break behind its marks alone, and its text stays the same", () => {
  const { container } = render(<Breakable>it.admin@appleid.example.org</Breakable>);
  expect(container.innerHTML).toBe("it.<wbr>admin@<wbr>appleid.<wbr>example.<wbr>org");
});
