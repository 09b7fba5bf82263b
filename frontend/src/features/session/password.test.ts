import { expect, test } from "vitest";
import { characters } from "./password";

test.each([
  ["", 0],
  ["twelve chars", 12],
  ["e\u0301", 1],
  ["🔑🔑", 2],
])("%j has the length that the server counts", (password, count) => {
  expect(characters(password)).toBe(count);
});
