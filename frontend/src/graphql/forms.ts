import type { FieldValues, Path, UseFormReturn } from "react-hook-form";
import type { CombinedError } from "urql";
import { byField, problemOf, sentence, type UserError } from "./errors";

/** What a mutation answered: the error of the request, or what the caller can mend. */
export type MutationAnswer = {
  error?: CombinedError | undefined;
  userErrors?: readonly UserError[] | undefined;
};

/** What was refused, as one text; undefined when nothing was. */
export function refusalOf({ error, userErrors = [] }: MutationAnswer): string | undefined {
  const refusals = error ? [problemOf(error)] : userErrors;
  return refusals.length > 0 ? refusals.map(sentence).join(" ") : undefined;
}

/** Shows in a form what the server refused: at the field it names, else as the form's root error. Whether it refused. */
export function refused<Values extends FieldValues>(
  form: Pick<UseFormReturn<Values>, "getValues" | "setError">,
  { error, userErrors = [] }: MutationAnswer,
): boolean {
  const { fields, rest } = byField(userErrors, Object.keys(form.getValues()));
  for (const [name, message] of Object.entries(fields)) {
    form.setError(name as Path<Values>, { type: "server", message }, { shouldFocus: true });
  }
  const message = refusalOf({ error, userErrors: rest });
  if (message) form.setError("root", { message });
  return Boolean(error) || userErrors.length > 0;
}
