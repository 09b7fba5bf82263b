import type { Platform } from "../../gql/graphql";
import { autoAdvancing, type EnrollmentType, isFor } from "./content";

type EnrollmentTypeFieldProps = {
  value: EnrollmentType;
  onValueChange: (type: EnrollmentType) => void;
  /** What the profile is meant for; empty: all. */
  platforms: readonly Platform[];
};

/** Whether people enroll a device, or the device does. */
export function EnrollmentTypeField({ value, onValueChange, platforms }: EnrollmentTypeFieldProps) {
  return (
    <fieldset className="grid gap-2 sm:grid-cols-2">
      <legend className="mb-1 font-[550]">Enrollment type</legend>
      {(["userInitiated", "automated"] as const).map((type) => (
        <label
          key={type}
          className="flex min-h-11 cursor-pointer gap-2.5 rounded-control border border-border p-2.5 hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft"
        >
          <input
            type="radio"
            name="enrollment-type"
            value={type}
            checked={value === type}
            onChange={() => onValueChange(type)}
            className="mt-0.5 size-4 shrink-0 cursor-pointer accent-accent"
          />
          <span>
            <span className="block font-medium">{enrollmentTypeNames[type]}</span>
            <span className="block text-fg-2 text-hint">{meaningOf(type, platforms)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

export const enrollmentTypeNames: Record<EnrollmentType, string> = {
  userInitiated: "User-initiated",
  automated: "Automated",
};

export function meaningOf(type: EnrollmentType, platforms: readonly Platform[]): string {
  if (type === "userInitiated") {
    return "Setup Assistant offers management, and the person accepts it. On a Mac they can skip it; devices since iOS 13 always enroll.";
  }
  const alone = isFor(platforms, autoAdvancing)
    ? "Apple TVs, and Macs on Ethernet, go through Setup Assistant by themselves."
    : "iPhone, iPad and Vision Pro still show the panes that are not skipped.";
  return `Enrollment is mandatory: nobody can skip it. ${alone}`;
}
