import * as z from "zod/mini";

export const leastCharacters = 12;
const mostCharacters = 200;

/** Characters as the server counts them: not UTF-16 units, and an accent belongs to its letter. */
export function characters(password: string): number {
  return [...password.normalize("NFC")].length;
}

/** What can be said of a new password without asking the server, which knows common ones. */
export const newPassword = z.string().check(
  z.refine((password) => characters(password) >= leastCharacters, `Use ${leastCharacters} characters or more.`),
  z.refine((password) => characters(password) <= mostCharacters, `Use ${mostCharacters} characters or fewer.`),
);
