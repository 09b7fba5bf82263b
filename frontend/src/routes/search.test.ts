import { expect, test } from "vitest";
import { parameters, parseSearch, stringifySearch } from "./search";

test("what looks like a number, a truth value or JSON stays the text that it is", () => {
  const search = {
    q: "007",
    step: "2",
    status: "true",
    org: '{"a":1}',
    next: "/devices?q=a&b=c#d",
    platform: "IOS,MACOS",
  };
  expect(parseSearch(stringifySearch(search))).toEqual(search);
  expect(stringifySearch({ step: "2", platform: "IOS,MACOS" })).toBe("?step=2&platform=IOS,MACOS");
});

test("what is absent leaves no trace", () => {
  expect(stringifySearch({ org: undefined })).toBe("");
  expect(parseSearch("")).toEqual({});
});

test("a route takes the parameters that it knows, with values that they can have", () => {
  const search = parameters({ q: null, status: ["removed", "all"] });
  expect(search({ q: "", status: "all", other: "x" })).toEqual({ q: "", status: "all" });
  expect(search({ q: 7, status: "gone" })).toEqual({});
});
