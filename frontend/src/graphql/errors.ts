import type { CombinedError } from "urql";

/** What went wrong, in words for people. */
export type Problem = {
  title: string;
  message: string;
  hint?: string;
  requestId?: string;
  /** The reader's role does not reach it: trying again does not help. */
  forbidden?: boolean;
  /** Seconds after which trying again makes sense. */
  retryAfter?: number;
};

function extension(error: CombinedError, name: string): unknown {
  return error.graphQLErrors[0]?.extensions?.[name];
}

/** Class of the first error, such as FORBIDDEN; "NETWORK" when the server was not reached. */
export function codeOf(error: CombinedError): string {
  const code = extension(error, "code");
  return typeof code === "string" ? code : error.networkError ? "NETWORK" : "INTERNAL";
}

export function problemOf(error: CombinedError): Problem {
  const first = error.graphQLErrors[0];
  if (!first) {
    return {
      title: "The server does not answer",
      message: "The request did not reach GuardMDM, or its answer did not come back.",
      hint: "Check your network connection, and that the server runs.",
    };
  }
  const { code, hint, requestId, retryAfter } = first.extensions;
  return {
    title: code === "FORBIDDEN" ? "Your role does not allow this" : "This did not work",
    message: first.message,
    ...(code === "FORBIDDEN" && { forbidden: true }),
    ...(typeof hint === "string" && { hint }),
    ...(typeof requestId === "string" && { requestId }),
    ...(typeof retryAfter === "number" && { retryAfter }),
  };
}

/** What the caller can mend: `userErrors` of a mutation's payload. */
export type UserError = { field?: string[] | null; message: string; hint?: string | null };

/** A user error in one line, for a place below an input. */
export function sentence(error: UserError): string {
  return error.hint ? `${error.message} ${error.hint}` : error.message;
}

/** The errors of each input field, and those of none of them. */
export function byField(
  errors: readonly UserError[],
  fields: readonly string[],
): { fields: Record<string, string>; rest: UserError[] } {
  const found: Record<string, string> = {};
  const rest: UserError[] = [];
  for (const error of errors) {
    const field = error.field?.at(-1);
    if (field && fields.includes(field)) found[field] ??= sentence(error);
    else rest.push(error);
  }
  return { fields: found, rest };
}
