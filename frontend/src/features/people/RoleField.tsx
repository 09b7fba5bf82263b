import type { UseFormRegisterReturn } from "react-hook-form";
import { FieldError } from "../../ui/Field";
import { knownValues, wordFor } from "../../ui/vocabulary";

const meanings: Record<string, string> = {
  ADMIN: "Everything, with ABM tokens, people, API tokens and settings.",
  OPERATOR: "Everything but ABM tokens, people, API tokens and settings.",
  VIEWER: "Reads everything but secrets. Changes nothing.",
};

type RoleFieldProps = { field: UseFormRegisterReturn; error: string | undefined };

/** A role, with what each may do. */
export function RoleField({ field, error }: RoleFieldProps) {
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1 font-[550]">Role</legend>
      {knownValues("role").map((role) => (
        <label
          key={role}
          className="flex min-h-11 cursor-pointer gap-2.5 rounded-control border border-border p-2.5 hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft"
        >
          <input {...field} type="radio" value={role} className="mt-0.5 size-4 shrink-0 cursor-pointer accent-accent" />
          <span>
            <span className="block font-medium">{wordFor("role", role)}</span>
            <span className="block text-fg-2 text-hint">{meanings[role]}</span>
          </span>
        </label>
      ))}
      {error && <FieldError>{error}</FieldError>}
    </fieldset>
  );
}
