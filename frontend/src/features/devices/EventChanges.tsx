import { Link } from "@tanstack/react-router";
import { BeforeAfter } from "../../ui/BeforeAfter";
import { Breakable } from "../../ui/Breakable";
import { Time } from "../../ui/Time";
import { wordFor } from "../../ui/vocabulary";
import { CureText } from "../enrollment/CureText";
import { useOrganizations } from "../organizations/OrganizationsProvider";
import { changesOf, type DeviceEvent, type FieldChange, isTime } from "./deviceEvent";
import { useProfileNames } from "./profileNames";
import { profileStatusWord } from "./profileStatus";

/** The fields that an event changed, in words, before and after. */
export function EventChanges({ event }: { event: Pick<DeviceEvent, "changes"> }) {
  const changes = changesOf(event.changes);
  if (changes.length === 0) return null;
  return (
    <ul className="grid gap-1">
      {changes.map((change) => (
        <li key={change.field} className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
          <span className="text-fg-2">{change.label}</span>
          {change.field === "refusal" && change.after !== null ? (
            <Refusal code={change.after} />
          ) : change.field === "error" && change.after !== null ? (
            <span className="min-w-0 text-bad-fg wrap-anywhere">{change.after}</span>
          ) : change.field === "command" && change.after !== null ? (
            // It is no value that became another.
            <code className="font-mono text-serial wrap-anywhere">{change.after}</code>
          ) : (
            <BeforeAfter before={side(change, change.before)} after={side(change, change.after)} />
          )}
        </li>
      ))}
    </ul>
  );
}

function side({ field }: FieldChange, value: string | null): React.ReactNode {
  return value === null ? undefined : <Value field={field} value={value} />;
}

function Value({ field, value }: { field: string; value: string }) {
  if (field === "abmTokenId") return <OrganizationName id={value} />;
  if (isTime(field) && !Number.isNaN(Date.parse(value))) return <Time value={value} />;
  if (field === "appleProfileUuid") return <ProfileName uuid={value} />;
  if (field === "platform") return wordFor("platform", value);
  if (field === "appleProfileStatus") return profileStatusWord(value) ?? value;
  return <Breakable>{value}</Breakable>;
}

function Refusal({ code }: { code: string }) {
  return (
    <span>
      <code className="font-mono text-bad-fg text-serial">{code}</code>. <CureText code={code} />
    </span>
  );
}

/** A profile at Apple by its name here; one that is not listed, such as an earlier version, by Apple's identifier. */
function ProfileName({ uuid }: { uuid: string }) {
  const profile = useProfileNames().get(uuid);
  if (!profile) return <Breakable>{uuid}</Breakable>;
  return (
    <Link to="/profiles/$profileId" params={{ profileId: profile.id }} title={uuid} className="hover:underline">
      {profile.name}, version {profile.version}
    </Link>
  );
}

function OrganizationName({ id }: { id: string }) {
  const organization = useOrganizations().all?.find((one) => one.id === id);
  return organization?.name ?? "An organization that is no longer connected";
}
