import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { loadPart } from "../../lib/loadPart";
import { Button } from "../../ui/Button";
import { OpenAbmButton } from "../abm-tokens/OpenAbmButton";
import { useCheckToken } from "../abm-tokens/useCheckToken";
import { ReleaseButton } from "../enrollment/ReleaseButton";
import { ConfirmRemovalsButton } from "../held-removals/ConfirmRemovalsButton";
import { type Organization, useOrganizations } from "../organizations/OrganizationsProvider";
import { mayAct, useSession } from "../session/session";
import { useStartSync } from "../sync/useStartSync";
import { affectedSearch } from "./affected";
import type { Diagnosis } from "./diagnosis";

const ConfirmPublicUrlDialog = lazy(() =>
  loadPart(() => import("./ConfirmPublicUrlDialog")).then((module) => ({ default: module.ConfirmPublicUrlDialog })),
);

/** What a fix is about. */
export type Subject = Partial<Pick<Diagnosis, "abmToken" | "adeProfile" | "affectedWhere">> & {
  device?: { id: string; serialNumber: string } | null;
};

type DiagnosisActionsProps = { actions: Diagnosis["fix"]["actions"]; about: Subject };

/** What the role can do from here, the most likely last. */
export function DiagnosisActions({ actions, about }: DiagnosisActionsProps) {
  const { viewer } = useSession();
  const organization = useOrganizations().all?.find(({ id }) => id === about.abmToken?.id);
  return actions
    .filter(({ role }) => mayAct(viewer.role, role))
    .map(({ kind }) => <Action key={kind} kind={kind} about={about} organization={organization} />);
}

type ActionProps = { kind: string; about: Subject; organization: Organization | undefined };

// Those that lead to a page, with the words of their buttons; an action that is not known is left out.
function Action({ kind, about, organization }: ActionProps) {
  const tokenId = about.abmToken?.id;
  const profileId = about.adeProfile?.id;
  const { device } = about;
  switch (kind) {
    case "OPEN_ABM":
      return <OpenAbmButton />;
    case "CONNECT_TOKEN":
      return (
        tokenId && <Button render={<Link to="/settings/abm/$tokenId/connect" params={{ tokenId }} />}>Continue</Button>
      );
    case "RENEW_TOKEN":
      return (
        tokenId && <Button render={<Link to="/settings/abm/$tokenId/renew" params={{ tokenId }} />}>Renew token</Button>
      );
    case "CHECK_TOKEN":
      return organization && <CheckButton organization={organization} />;
    case "START_SYNC":
      return organization && <SyncButton organization={organization} full={false} />;
    case "START_FULL_SYNC":
      return organization && <SyncButton organization={organization} full />;
    case "CONFIRM_REMOVALS":
      return organization && <ConfirmRemovalsButton token={organization} />;
    case "ENFORCE":
      return <Button render={<Link to="/settings/abm" />}>Begin to enforce</Button>;
    case "SET_DEFAULT":
      return <Button render={<Link to="/defaults" />}>Set OS default</Button>;
    case "EDIT_PROFILE":
    case "PUBLISH_PROFILE":
      return (
        profileId && (
          <Button render={<Link to="/profiles/$profileId" params={{ profileId }} />}>
            {kind === "EDIT_PROFILE" ? "Edit profile" : "Publish profile"}
          </Button>
        )
      );
    case "SHOW_DEVICES":
      return <ShowDevices where={about.affectedWhere} />;
    case "CONFIRM_PUBLIC_URL":
      return <ConfirmUrlButton />;
    case "UPLOAD_PUSH_CERTIFICATE":
      return <Button render={<Link to="/settings/mdm" />}>Push certificate</Button>;
    case "SHOW_OTHER_MDMS":
      return <Button render={<Link to="/settings/mdm" hash="other-mdm-servers" />}>MDM servers</Button>;
    case "RELEASE_DEVICE":
      return device && <ReleaseButton deviceId={device.id} serialNumber={device.serialNumber} />;
    case "SHOW_DEVICE":
      return (
        device && (
          <Button render={<Link to="/devices/$serialNumber" params={{ serialNumber: device.serialNumber }} />}>
            Open device
          </Button>
        )
      );
    default:
      return null;
  }
}

function ShowDevices({ where }: { where: unknown }) {
  const search = affectedSearch(where);
  return search && <Button render={<Link to="/devices" search={search} />}>Show devices</Button>;
}

function CheckButton({ organization }: { organization: Organization }) {
  const { check, checking } = useCheckToken(organization);
  return (
    <Button busy={checking} busyLabel="Checking" onClick={() => void check()}>
      Check again
    </Button>
  );
}

function SyncButton({ organization, full }: { organization: Organization; full: boolean }) {
  const { start, starting } = useStartSync();
  return (
    <Button busy={starting} busyLabel="Starting" onClick={() => void start([organization], full)}>
      {full ? "Full sync" : "Sync now"}
    </Button>
  );
}

function ConfirmUrlButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Use the new URL</Button>
      {open && (
        <Suspense>
          <ConfirmPublicUrlDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
