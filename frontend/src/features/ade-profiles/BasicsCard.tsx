import type { Platform } from "../../gql/graphql";
import { Card } from "../../ui/Card";
import { Checkbox } from "../../ui/Checkbox";
import { DefinitionList } from "../../ui/DefinitionList";
import { FieldError } from "../../ui/Field";
import { TextInput } from "../../ui/TextInput";
import { wordFor } from "../../ui/vocabulary";
import type { Values } from "./content";
import type { EditorPartProps } from "./editor";
import { platformWords } from "./platforms";

type TextField = "department" | "supportPhoneNumber" | "supportEmailAddress" | "orgMagic";

const texts: readonly { field: TextField; label: string; max: number; type?: string; hint?: string }[] = [
  { field: "department", label: "Department", max: 125, hint: "Shown while the device enrolls." },
  {
    field: "supportPhoneNumber",
    label: "Support phone",
    max: 50,
    type: "tel",
    hint: "Shown while the device enrolls.",
  },
  { field: "supportEmailAddress", label: "Support email", max: 250, type: "email" },
  {
    field: "orgMagic",
    label: "Organization mark",
    max: 256,
    hint: "Apple's org_magic: groups the services of one organization.",
  },
];

/** The name, whom people can ask, and what the profile is meant for. */
export function BasicsCard({ editing, readOnly }: EditorPartProps) {
  const { values, edit, errorOf } = editing;
  if (readOnly) {
    return (
      <Card title="Basics">
        <DefinitionList
          items={[
            { label: "Platforms", value: platformWords(values.platforms) },
            ...texts.map(({ field, label }) => ({
              label,
              value: values[field],
              wide: field === "supportEmailAddress",
            })),
          ]}
        />
      </Card>
    );
  }
  return (
    <Card title="Basics">
      <div className="grid gap-4 sm:grid-cols-2">
        <TextInput
          label="Profile name"
          value={values.name}
          maxLength={125}
          required
          autoComplete="off"
          onChange={(event) => edit({ name: event.target.value })}
          error={errorOf("name")}
          hint="Counts once it is saved. People who set up a device do not see it."
        />
        {texts.map(({ field, label, max, type = "text", hint }) => (
          <TextInput
            key={field}
            label={label}
            optional
            type={type}
            value={values[field] ?? ""}
            maxLength={max}
            autoComplete="off"
            onChange={(event) => edit({ [field]: event.target.value || null } as Partial<Values>)}
            error={errorOf(field)}
            hint={hint}
          />
        ))}
      </div>
      <PlatformsField
        value={values.platforms}
        onValueChange={(platforms) => edit({ platforms })}
        error={errorOf("platforms")}
      />
    </Card>
  );
}

const platforms = ["IOS", "IPADOS", "MACOS", "TVOS", "VISIONOS"] as const satisfies readonly Platform[];

type PlatformsFieldProps = {
  value: readonly Platform[];
  onValueChange: (platforms: Platform[]) => void;
  error?: string | undefined;
};

/** What a profile is meant for: a matter of GuardMDM's, which Apple does not store. */
export function PlatformsField({ value, onValueChange, error }: PlatformsFieldProps) {
  return (
    <fieldset className="mt-1 grid gap-1">
      <legend className="font-[550]">Meant for</legend>
      <div className="flex flex-wrap gap-x-5">
        {platforms.map((platform) => (
          <Checkbox
            key={platform}
            label={wordFor("platform", platform)}
            checked={value.includes(platform)}
            onCheckedChange={(checked) =>
              onValueChange(platforms.filter((each) => (each === platform ? checked : value.includes(each))))
            }
          />
        ))}
      </div>
      {error && <FieldError>{error}</FieldError>}
      <p className="text-fg-3 text-hint">For warnings only, Apple does not store it. None checked: every platform.</p>
    </fieldset>
  );
}
