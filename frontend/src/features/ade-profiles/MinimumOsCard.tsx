import { useState } from "react";
import type { Platform } from "../../gql/graphql";
import { Card } from "../../ui/Card";
import { DefinitionList } from "../../ui/DefinitionList";
import { FieldError } from "../../ui/Field";
import { TextInput } from "../../ui/TextInput";
import { wordFor } from "../../ui/vocabulary";
import { isFor } from "./content";
import type { EditorPartProps } from "./editor";
import { isVersion, versionOf, withVersion } from "./minimumOs";

const platforms = ["IOS", "IPADOS", "MACOS", "TVOS", "VISIONOS"] as const satisfies readonly Platform[];

/** The oldest systems with which devices enroll. A matter of GuardMDM's, which counts as soon as it is saved. */
export function MinimumOsCard({ editing, readOnly }: EditorPartProps) {
  const { values, edit, errorOf } = editing;
  const { minimumOS } = values;
  const shown = platforms.filter(
    (platform) => isFor(values.platforms, [platform]) || versionOf(minimumOS, platform) !== "",
  );
  const error = errorOf("minimumOS");
  return (
    <Card title="Minimum OS">
      {readOnly ? (
        <DefinitionList
          items={shown.map((platform) => ({
            label: wordFor("platform", platform),
            value: versionOf(minimumOS, platform) || "Any version",
          }))}
        />
      ) : (
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {shown.map((platform) => (
            <VersionInput
              key={platform}
              platform={platform}
              value={versionOf(minimumOS, platform)}
              onChange={(version) => edit({ minimumOS: withVersion(minimumOS, platform, version) })}
            />
          ))}
        </div>
      )}
      {error && <FieldError>{error}</FieldError>}
      <p className="text-fg-3 text-hint">
        An older device is sent to update first, where it can and the version exists for its model; else it enrolls, and
        is marked. Counts as soon as it is saved; Apple does not store it.
      </p>
    </Card>
  );
}

type VersionInputProps = { platform: Platform; value: string; onChange: (version: string) => void };

function VersionInput({ platform, value, onChange }: VersionInputProps) {
  const [left, setLeft] = useState(false);
  const flaw = left && value !== "" && !isVersion(value);
  return (
    <TextInput
      label={wordFor("platform", platform)}
      optional
      inputMode="decimal"
      autoComplete="off"
      maxLength={16}
      value={value}
      placeholder="Any version"
      onChange={(event) => onChange(event.target.value.trim())}
      onFocus={() => setLeft(false)}
      onBlur={() => setLeft(true)}
      error={flaw ? "Up to three numbers, such as 26 or 26.1." : undefined}
    />
  );
}
