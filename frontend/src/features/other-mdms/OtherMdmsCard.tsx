import { Link } from "@tanstack/react-router";
import { clsx } from "clsx";
import { useState } from "react";
import { useQuery } from "urql";
import { readFragment } from "../../gql";
import { problemOf } from "../../graphql/errors";
import { formatCount, plural } from "../../lib/numbers";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { ErrorState } from "../../ui/ErrorState";
import { Skeleton } from "../../ui/Skeleton";
import { Time } from "../../ui/Time";
import { textLink } from "../../ui/textLink";
import { useMay } from "../session/session";
import { DeleteOtherMdmDialog } from "./DeleteOtherMdmDialog";
import { NewSecretDialog } from "./NewSecretDialog";
import { OtherMdmDialog } from "./OtherMdmDialog";
import { type OtherMdm, OtherMdmRowFragment, OtherMdmsDocument } from "./otherMdm";
import { TestDialog } from "./TestDialog";

type Open = { kind: "add" } | { kind: "change" | "test" | "secret" | "delete"; of: OtherMdm };

/** The MDM servers that devices can enroll with instead of this one. */
export function OtherMdmsCard() {
  const mayChange = useMay("ADMIN");
  const [{ data, error }, again] = useQuery({ query: OtherMdmsDocument });
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const all = data && readFragment(OtherMdmRowFragment, data.otherMDMs);
  return (
    <Card
      title="Other MDM servers"
      action={
        mayChange && (
          <Button size="small" aria-haspopup="dialog" onClick={() => setOpen({ kind: "add" })}>
            Add
          </Button>
        )
      }
    >
      <p className="text-fg-2">
        Devices of an ADE profile can enroll with NanoMDM, MicroMDM or Fleet instead. They are verified here, get that
        server's enrollment profile, and its webhook tells how far they came.
      </p>
      {error && !all && <ErrorState {...problemOf(error)} onRetry={() => again({ requestPolicy: "network-only" })} />}
      {!error && !all && <Skeleton rows={2} />}
      {all && all.length === 0 && <p className="text-fg-3">None. All devices enroll with GuardMDM.</p>}
      {all && all.length > 0 && (
        <ul aria-label="Other MDM servers" className="grid divide-y divide-border">
          {all.map((server) => (
            <ServerRow key={server.id} server={server} onOpen={mayChange ? setOpen : undefined} />
          ))}
        </ul>
      )}
      {open?.kind === "add" && <OtherMdmDialog onClose={close} />}
      {open?.kind === "change" && <OtherMdmDialog server={open.of} onClose={close} />}
      {open?.kind === "test" && <TestDialog server={open.of} onClose={close} />}
      {open?.kind === "secret" && <NewSecretDialog server={open.of} onClose={close} />}
      {open?.kind === "delete" && <DeleteOtherMdmDialog server={open.of} onClose={close} />}
    </Card>
  );
}

type ServerRowProps = { server: OtherMdm; onOpen: ((open: Open) => void) | undefined };

const actions = [
  { kind: "test", label: "Test" },
  { kind: "change", label: "Change" },
  { kind: "secret", label: "New secret" },
  { kind: "delete", label: "Remove" },
] as const;

function ServerRow({ server, onOpen }: ServerRowProps) {
  const { name, enrolledDevices } = server;
  return (
    <li className="grid gap-2 py-3 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-medium wrap-anywhere">{name}</span>
        {enrolledDevices === 0 ? (
          <span className="text-fg-2">No device enrolled</span>
        ) : (
          <Link
            to="/devices"
            search={{ mdm: server.id, enrollment: "ENROLLED", status: "all" }}
            aria-label={`${plural(enrolledDevices, "device")} enrolled with ${name}`}
            className={textLink}
          >
            {plural(enrolledDevices, "device")} enrolled
          </Link>
        )}
      </div>
      <p className="text-fg-2 wrap-anywhere">
        <Source {...server} />
      </p>
      <p className="text-fg-3 text-hint">
        <Webhook {...server} />
      </p>
      <p className="text-fg-3 text-hint">
        <Profiles {...server} />
      </p>
      {onOpen && (
        <div className="flex flex-wrap gap-2">
          {actions.map(({ kind, label }) => (
            <Button
              key={kind}
              size="small"
              variant={kind === "delete" ? "ghost" : undefined}
              className="max-sm:h-11"
              aria-haspopup="dialog"
              aria-label={`${label} ${name}`}
              onClick={() => onOpen({ kind, of: server })}
            >
              {label}
            </Button>
          ))}
        </div>
      )}
    </li>
  );
}

function Source({ source, url, profile }: OtherMdm) {
  if (source === "URL") return <>Profile from {url}</>;
  return <>Profile from a file{profile && `, which leads to ${profile.serverUrl}`}</>;
}

function Webhook({ webhookRefusal: refusal, lastEventAt }: OtherMdm) {
  if (refusal && (!lastEventAt || Date.parse(refusal.at) > Date.parse(lastEventAt))) {
    return (
      <span className="text-bad-fg">
        Its webhook was refused <Time value={refusal.at} mode="relative" /> ({formatCount(refusal.count)} in all):{" "}
        {refusal.message}
      </span>
    );
  }
  if (!lastEventAt) return <>Its webhook told nothing so far.</>;
  return (
    <>
      Its webhook told something <Time value={lastEventAt} mode="relative" />.
    </>
  );
}

function Profiles({ adeProfiles }: OtherMdm) {
  if (adeProfiles.length === 0) return <>No ADE profile leads to it.</>;
  return (
    <>
      Devices with{" "}
      {adeProfiles.map(({ id, name }, place) => (
        <span key={id}>
          {place > 0 && ", "}
          <Link to="/profiles/$profileId" params={{ profileId: id }} className={clsx(textLink, "underline")}>
            {name}
          </Link>
        </span>
      ))}{" "}
      enroll with it.
    </>
  );
}
