import type { Platform } from "../../gql/graphql";
import { Card } from "../../ui/Card";
import { TextInput } from "../../ui/TextInput";
import { appleKey, autoAdvancing, enrollBy, enrollmentType, isFor } from "./content";
import { EnrollmentTypeField, enrollmentTypeNames, meaningOf } from "./EnrollmentTypeField";
import type { EditorPartProps } from "./editor";
import type { Content } from "./profile";
import { SwitchRow } from "./SwitchRow";

type Flag = {
  [Field in keyof Content]: Content[Field] extends boolean ? Field : never;
}[keyof Content];

type Behavior = {
  field: Flag;
  title: string;
  text: string;
  /** Left out: all know it. */
  platforms?: readonly Platform[];
  notes?: readonly string[];
  /** On stands for false at Apple. */
  inverted?: boolean;
};

const behaviors: readonly Behavior[] = [
  {
    field: "isSupervised",
    title: "Supervised",
    text: "Gives MDM full control. Macs, and devices since iOS 13, always are when they enroll this way",
  },
  {
    field: "isMdmRemovable",
    inverted: true,
    title: "Lock MDM",
    text: "People cannot remove the management from the device. It stays managed until you release it",
  },
  {
    field: "awaitDeviceConfigured",
    title: "Wait until configured",
    text: "Holds Setup Assistant until GuardMDM says that the device is configured",
  },
  {
    field: "autoAdvanceSetup",
    title: "Advance Setup Assistant by itself",
    text: "Needs a language and a region, and on a Mac Ethernet",
    platforms: autoAdvancing,
    notes: ["macOS 11, tvOS"],
  },
  {
    field: "doNotUseProfileFromBackup",
    title: "Ignore a profile in a backup",
    text: "A device that is restored takes this profile, not the one in its backup",
    platforms: ["IOS", "IPADOS", "VISIONOS"],
    notes: ["iOS, iPadOS, visionOS 26"],
  },
  {
    field: "isMultiUser",
    title: "Shared iPad",
    text: "Several people sign in to one iPad",
    platforms: ["IPADOS"],
    notes: ["iPadOS"],
  },
  {
    field: "isReturnToService",
    title: "Return to Service",
    text: "After an erase the device enrolls again without a person",
    platforms: ["IOS", "IPADOS", "VISIONOS"],
    notes: ["iOS, iPadOS, visionOS 26"],
  },
  {
    field: "allowPairing",
    title: "Allow pairing with a computer",
    text: "Deprecated since iOS 13: a restriction does the same",
    platforms: ["IOS", "IPADOS"],
    notes: ["Deprecated"],
  },
];

/** What the device does during and after enrollment. */
export function BehaviorCard({ editing, readOnly }: EditorPartProps) {
  const { values, edit, errorOf, changed } = editing;
  const locked = !values.isMdmRemovable;
  const set = (field: Flag, value: boolean) => {
    // Apple refuses a lock without supervision.
    edit(field === "isMdmRemovable" && !value ? { isMdmRemovable: false, isSupervised: true } : { [field]: value });
  };
  const type = enrollmentType(values);
  return (
    <Card title="Behavior" meta="What the device does during and after enrollment" padding={false}>
      <div className="border-border border-b p-4">
        {readOnly ? (
          <dl>
            <dt className="text-fg-3 text-hint">Enrollment type</dt>
            <dd className="font-medium">{enrollmentTypeNames[type]}</dd>
            <dd className="text-fg-2 text-hint">{meaningOf(type, values.platforms)}</dd>
          </dl>
        ) : (
          <EnrollmentTypeField
            value={type}
            platforms={values.platforms}
            onValueChange={(next) => edit(enrollBy(next, values.platforms))}
          />
        )}
        {type === "automated" && !values.autoAdvanceSetup && isFor(values.platforms, autoAdvancing) && (
          <p className="mt-2 text-fg-2 text-hint">
            Advancing by itself is off below: people answer the panes that are not skipped.
          </p>
        )}
        {errorOf("isMandatory") && <p className="text-bad-fg text-hint">{errorOf("isMandatory")}</p>}
      </div>
      <ul>
        {behaviors.map(({ field, title, text, platforms, notes, inverted = false }) => (
          <SwitchRow
            key={field}
            title={title}
            text={text}
            appleKey={appleKey(field)}
            {...(notes && { notes })}
            checked={values[field] !== inverted}
            onCheckedChange={readOnly ? undefined : (on) => set(field, on !== inverted)}
            fixed={field === "isSupervised" && locked && !readOnly ? "Lock MDM needs it" : undefined}
            ignored={platforms !== undefined && !isFor(values.platforms, platforms)}
            changed={changed.includes(appleKey(field))}
            error={errorOf(field)}
          />
        ))}
      </ul>
      {(values.autoAdvanceSetup || values.language || values.region) && (
        <Locale editing={editing} readOnly={readOnly} />
      )}
    </Card>
  );
}

/** What a device that nobody touches cannot ask. */
function Locale({ editing: { values, edit, errorOf }, readOnly }: EditorPartProps) {
  if (readOnly) {
    return (
      <p className="border-border border-t px-4 py-2">
        Language <b className="font-medium">{values.language ?? "asked"}</b>, region{" "}
        <b className="font-medium">{values.region ?? "asked"}</b>
      </p>
    );
  }
  return (
    <div className="grid gap-4 border-border border-t p-4 sm:grid-cols-2">
      <TextInput
        label="Language"
        hint="ISO 639 code, such as en or de. Needed to advance by itself."
        value={values.language ?? ""}
        maxLength={3}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => edit({ language: event.target.value.toLowerCase() || null })}
        error={errorOf("language")}
      />
      <TextInput
        label="Region"
        hint="ISO 3166 code, such as US or PT. Needed to advance by itself."
        value={values.region ?? ""}
        maxLength={2}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => edit({ region: event.target.value.toUpperCase() || null })}
        error={errorOf("region")}
      />
    </div>
  );
}
