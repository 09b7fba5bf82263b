import { Link } from "@tanstack/react-router";
import type { EnrollmentStatus } from "../../gql/graphql";
import { formatCount } from "../../lib/numbers";
import { daysLeft } from "../../lib/time";
import { useNow } from "../../lib/useNow";
import { type Fact, FactList } from "../../ui/FactList";
import { Status } from "../../ui/Status";
import { Time } from "../../ui/Time";
import { textLink } from "../../ui/textLink";
import { expiryTone } from "../../ui/vocabulary";
import { type Enrollment, systemOf } from "./enrollment";

type EnrollmentFactsProps = { status: EnrollmentStatus; enrollment: Enrollment | undefined };

/** How far a device has come, step by step, and what it said of itself. */
export function EnrollmentFacts({ status, enrollment }: EnrollmentFactsProps) {
  if (!enrollment) {
    return (
      <div className="grid gap-1">
        <Status kind="enrollment" value={status} />
        <p className="text-fg-2">The device got no enrollment profile yet. It asks for one when it is switched on.</p>
      </div>
    );
  }
  return <FactList facts={[...stepsOf(status, enrollment), ...ownFactsOf(enrollment), ...managementOf(enrollment)]} />;
}

function stepsOf(status: EnrollmentStatus, enrollment: Enrollment): Fact[] {
  const { adeProfileVersion, profileFetchedAt, authenticatedAt, enrolledAt, releasedAt, unenrolledAt } = enrollment;
  const { otherMdm, offeredMdm } = enrollment;
  return [
    {
      label: "Status",
      value: <Status kind="enrollment" value={status} />,
      ...(enrollment.enrollments > 1 && { detail: `Began ${formatCount(enrollment.enrollments)} times` }),
    },
    {
      label: "Profile fetched",
      value: <Time value={profileFetchedAt} />,
      ...(adeProfileVersion && { detail: <ProfileOf {...adeProfileVersion} /> }),
    },
    ...(offeredMdm ? [{ label: "Was given", value: `The profile of ${offeredMdm.name}` }] : []),
    ...(authenticatedAt || otherMdm ? [{ label: "Enrolled with", value: otherMdm?.name ?? "GuardMDM" }] : []),
    { label: "Began to enroll", value: <Time value={authenticatedAt} /> },
    { label: "Enrolled", value: <Time value={enrolledAt} empty="Not yet" /> },
    ...(releasedAt ? [{ label: "Setup went on", value: <Time value={releasedAt} /> }] : []),
    ...(unenrolledAt ? [{ label: "Unenrolled", value: <Time value={unenrolledAt} /> }] : []),
  ];
}

function ownFactsOf(enrollment: Enrollment): Fact[] {
  const { modelName, product, deviceName, lastSeenAt, udid } = enrollment;
  return [
    { label: "Last seen", value: <Time value={lastSeenAt} mode="relative" /> },
    { label: "OS version", value: systemOf(enrollment) },
    { label: "Model", value: modelName || product, ...(modelName && product && { detail: product }) },
    ...(deviceName ? [{ label: "Name", value: deviceName }] : []),
    { label: "UDID", value: udid && <code className="font-mono text-serial">{udid}</code> },
  ];
}

function managementOf({ identity, takesCommands, pushedAt, authenticatedAt, otherMdm }: Enrollment): Fact[] {
  if (otherMdm) return [{ label: "Commands", value: `Of ${otherMdm.name}, not from here` }];
  if (!authenticatedAt) return [];
  return [
    {
      label: "Identity",
      value: identity && <IdentityEnd {...identity} />,
      ...(identity && { detail: <span className="font-mono">{identity.serial}</span> }),
    },
    { label: "Commands", value: takesCommands ? "Taken" : "Not taken" },
    { label: "Last asked to call", value: <Time value={pushedAt} mode="relative" /> },
  ];
}

function ProfileOf({ number, adeProfile }: NonNullable<Enrollment["adeProfileVersion"]>) {
  return (
    <>
      <Link to="/profiles/$profileId" params={{ profileId: adeProfile.id }} className={textLink}>
        {adeProfile.name}
      </Link>
      , version {formatCount(number)}
    </>
  );
}

/** Until when the device is known by its certificate. It is renewed a month before. */
function IdentityEnd({ expiresAt, revokedAt, revokedBecause }: NonNullable<Enrollment["identity"]>) {
  const now = useNow(60_000);
  if (revokedAt) {
    return (
      <span className="text-bad-fg">
        Revoked <Time value={revokedAt} />
        {revokedBecause && `: ${revokedBecause}`}
      </span>
    );
  }
  const color = { ok: "", info: "", muted: "", warn: "text-warn-fg", bad: "text-bad-fg" }[
    expiryTone(daysLeft(expiresAt, now))
  ];
  return (
    <span className={color}>
      {Date.parse(expiresAt) <= now ? "Expired " : "Expires "}
      <Time value={expiresAt} mode="date" />
    </span>
  );
}
