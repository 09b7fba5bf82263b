import { expect, test } from "vitest";
import { destination } from "./destination";

const origin = "https://mdm.example:8443";

test.each([
  ["/devices?q=C02&org=abm_1#top", `${origin}/devices?q=C02&org=abm_1#top`],
  ["/", `${origin}/`],
  ["/settings/../sync", `${origin}/sync`],
  ["/.//evil.example", `${origin}//evil.example`],
])("goes on to %j", (next, address) => {
  expect(destination(next, origin)).toBe(address);
});

test.each([
  undefined,
  "",
  "devices",
  "https://evil.example",
  "https://mdm.example:8443.evil.example/",
  "//evil.example",
  "/\\evil.example",
  "\\/evil.example",
  "/\t/evil.example",
  "/\n\\evil.example",
  "javascript:alert(1)",
  " javascript:alert(1)",
  "data:text/html,x",
])("refuses %j", (next) => {
  expect(destination(next, origin)).toBe("/");
});
