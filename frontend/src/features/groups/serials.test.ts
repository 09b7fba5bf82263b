import { expect, test } from "vitest";
import { serialsOf } from "./serials";

test("serial numbers are read however people paste them, each once", () => {
  expect(serialsOf(' c02xk1, "FVFHK2"\r\nC02XK1;\tG6TZK0 \n')).toEqual(["C02XK1", "FVFHK2", "G6TZK0"]);
  expect(serialsOf(" \n ")).toEqual([]);
});
