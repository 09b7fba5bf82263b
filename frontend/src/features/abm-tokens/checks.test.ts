import { expect, test } from "vitest";
import { canPassLater, checks, statesOf, stepToRepeat } from "./checks";

const inOrder = (code: string) => checks.map(({ id }) => statesOf(code)[id]);

test("what was checked before the failure has passed, and nothing after it was reached", () => {
  expect(inOrder("TOKEN_FILE_CUT_OFF")).toEqual(["failed", "unreached", "unreached", "unreached", "unreached"]);
  expect(inOrder("TOKEN_EXPIRED")).toEqual(["passed", "failed", "unreached", "unreached", "unreached"]);
  expect(inOrder("T_C_NOT_SIGNED")).toEqual(["passed", "passed", "passed", "failed", "unreached"]);
  expect(inOrder("TOKEN_OTHER_SERVER")).toEqual(["passed", "passed", "passed", "passed", "failed"]);
});

test("changes wait for a confirmation instead of failing", () => {
  expect(statesOf("TOKEN_CHANGES").organization).toBe("unconfirmed");
});

test("a code of none of the checks says nothing about any of them", () => {
  for (const code of ["CONFLICT", "NETWORK", "SOMETHING_NEW"]) {
    expect(new Set(inOrder(code))).toEqual(new Set(["unreached"]));
  }
});

test("offers what can help: the same file later, the key, or another download", () => {
  expect(canPassLater("APPLE_UNAVAILABLE")).toBe(true);
  expect(canPassLater("TOKEN_EXPIRED")).toBe(false);
  expect(stepToRepeat("TOKEN_OTHER_KEY")).toBe("2");
  expect(stepToRepeat("TOKEN_FILE_CUT_OFF")).toBe("3");
  expect(stepToRepeat("TOKEN_OTHER_SERVER")).toBeUndefined();
});
