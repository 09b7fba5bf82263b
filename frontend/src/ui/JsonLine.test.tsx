import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { JsonLine } from "./JsonLine";

test.each([
  ['  "profile_name": "Mac \\"Standard\\"",', ['"profile_name"', '"Mac \\"Standard\\""'], ["accent", "ok"]],
  ['  "is_mandatory": true,', ['"is_mandatory"', "true"], ["accent", "violet"]],
  ['    "true"', ['"true"'], ["ok"]],
  ['  "version": -1.5e3', ['"version"', "-1.5e3"], ["accent", "violet"]],
  ["  ],", [], []],
])("%s is told apart and loses nothing", (text, parts, tones) => {
  const { container } = render(<JsonLine text={text} />);
  expect(container.textContent).toBe(text);
  const told = [...container.querySelectorAll("[class^=text-]")];
  expect(told.map(({ textContent }) => textContent)).toEqual(parts);
  expect(told.map(({ className }) => className)).toEqual(tones.map((tone) => `text-${tone}-fg`));
});
