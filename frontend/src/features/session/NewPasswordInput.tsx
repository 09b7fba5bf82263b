import { plural } from "../../lib/numbers";
import { PasswordInput, type PasswordInputProps } from "../../ui/PasswordInput";
import { StatusIcon } from "../../ui/StatusIcon";
import { characters, leastCharacters } from "./password";

type NewPasswordInputProps = Omit<PasswordInputProps, "hint" | "autoComplete"> & {
  /** What is typed so far, to be counted. */
  typed: string;
};

/** A password to be chosen: the rule, and how far what is typed meets it. */
export function NewPasswordInput({ typed, ...props }: NewPasswordInputProps) {
  const count = characters(typed);
  const enough = count >= leastCharacters;
  return (
    <PasswordInput
      {...props}
      autoComplete="new-password"
      hint={
        <span className="flex justify-between gap-2">
          {leastCharacters} characters or more
          {count > 0 && (
            <span className={enough ? "inline-flex items-center gap-1 text-ok-fg" : "text-fg-2"}>
              {enough && <StatusIcon shape="check" tone="ok" className="size-3.5" />}
              <span className="tabular-nums">{plural(count, "character")}</span>
            </span>
          )}
        </span>
      }
    />
  );
}
