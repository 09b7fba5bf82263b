/** The checks of a server token, in the order in which the server makes them. */
export const checks = [
  {
    id: "key",
    codes: ["TOKEN_FILE_INVALID", "TOKEN_FILE_TOO_LARGE", "TOKEN_FILE_CUT_OFF", "BAD_USER_INPUT", "TOKEN_OTHER_KEY"],
  },
  { id: "content", codes: ["TOKEN_INCOMPLETE", "TOKEN_EXPIRED"] },
  {
    id: "apple",
    codes: ["APPLE_TOKEN_REJECTED", "ACCESS_DENIED", "APPLE_THROTTLED", "APPLE_UNAVAILABLE", "APPLE_MALFORMED"],
  },
  { id: "terms", codes: ["T_C_NOT_SIGNED"] },
  { id: "organization", codes: ["TOKEN_OTHER_SERVER", "TOKEN_CHANGES"] },
] as const satisfies readonly { id: string; codes: readonly string[] }[];

export type CheckId = (typeof checks)[number]["id"];

export type CheckState = "waiting" | "passed" | "failed" | "unconfirmed" | "unreached";

/** How each check ended when the server refused the token with a code. One that no check knows says nothing about any. */
export function statesOf(code: string): Record<CheckId, CheckState> {
  const at = checks.findIndex((check) => (check.codes as readonly string[]).includes(code));
  const stopped = code === "TOKEN_CHANGES" ? "unconfirmed" : "failed";
  return eachCheck((index) => (index < at ? "passed" : index === at ? stopped : "unreached"));
}

export function eachCheck(stateOf: (index: number) => CheckState): Record<CheckId, CheckState> {
  return Object.fromEntries(checks.map(({ id }, index) => [id, stateOf(index)])) as Record<CheckId, CheckState>;
}

const mayPassLater: readonly string[] = [
  "APPLE_THROTTLED",
  "APPLE_UNAVAILABLE",
  "APPLE_MALFORMED",
  "ACCESS_DENIED",
  "T_C_NOT_SIGNED",
  "CONFLICT",
  "NETWORK",
  "UNAVAILABLE",
  "INTERNAL",
  "RATE_LIMITED",
];

/** Whether the same file can pass when it is checked again. */
export function canPassLater(code: string): boolean {
  return mayPassLater.includes(code);
}

const spoiled: readonly string[] = [
  "TOKEN_FILE_INVALID",
  "TOKEN_FILE_CUT_OFF",
  "TOKEN_INCOMPLETE",
  "TOKEN_EXPIRED",
  "APPLE_TOKEN_REJECTED",
];

/** The step to go back to for a file that can pass: 2 where the key was another one, 3 for another download. */
export function stepToRepeat(code: string): "2" | "3" | undefined {
  if (code === "TOKEN_OTHER_KEY") return "2";
  return spoiled.includes(code) ? "3" : undefined;
}
