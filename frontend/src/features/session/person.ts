import * as z from "zod/mini";

/** What can be said of a person's name and address without asking the server. */
export const personName = z
  .string()
  .check(z.trim(), z.minLength(1, "Enter a name."), z.maxLength(125, "Use 125 characters or fewer."));

export const personEmail = z
  .string()
  .check(z.trim(), z.regex(/^[^\s@]+@[^\s@]+$/, "Enter an email address, such as ana@example.com."));
