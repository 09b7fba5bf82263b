import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useMutation } from "urql";
import { readFragment } from "../../gql";
import { problemOf, sentence, type UserError } from "../../graphql/errors";
import { plural } from "../../lib/numbers";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { DialogBody, DialogFooter, DialogFrame } from "../../ui/Dialog";
import { StopBatchButton } from "../assignments/BatchActions";
import { BatchProgress } from "../assignments/BatchProgress";
import { AssignmentBatchFragment, type Batch } from "../assignments/batch";
import { useBatch } from "../assignments/useBatch";
import { PublishProfileDocument } from "./mutations";
import { type Profile, ProfileEditorFragment } from "./profile";
import { RegistrationState, useDeviceCount } from "./UseCard";

type PublishDialogProps = {
  profile: Profile;
  /** An earlier version to publish again; left out: the draft. */
  version?: { id: string; number: number } | undefined;
  /** How many of Apple's keys differ from what devices get now. */
  changes: number;
  /** Saves what is not saved yet. Whether it was accepted. */
  save: () => Promise<boolean>;
  /** Shows a field that was refused. */
  onRefused: (errors: readonly UserError[]) => void;
  onClose: () => void;
};

type State = { step: "ask" | "publishing" } | { step: "published"; number: number; batch: Batch | null };

/** Says what publishing does before it does it, then how far the devices are. */
export function PublishDialog({ profile, version, changes, save, onRefused, onClose }: PublishDialogProps) {
  const [, publish] = useMutation(PublishProfileDocument);
  const [state, setState] = useState<State>({ step: "ask" });
  const [refusal, setRefusal] = useState<readonly UserError[]>([]);

  const confirm = async () => {
    setState({ step: "publishing" });
    setRefusal([]);
    if (!version && !(await save())) {
      onClose(); // the editor shows what was refused
      return;
    }
    const { data, error } = await publish({ input: { adeProfileId: profile.id, versionId: version?.id ?? null } });
    const answer = data?.publishADEProfile;
    const refused = error ? [problemOf(error)] : (answer?.userErrors ?? []);
    if (refused.length > 0) {
      setRefusal(refused);
      setState({ step: "ask" });
      return;
    }
    const published = readFragment(ProfileEditorFragment, answer?.adeProfile)?.publishedVersion;
    setState({
      step: "published",
      number: published?.number ?? 0,
      batch: readFragment(AssignmentBatchFragment, answer?.assignmentBatch) ?? null,
    });
  };

  const next = (profile.publishedVersion?.number ?? 0) + 1;
  const name = version ? `${profile.name} v${version.number} again` : `${profile.name} v${next}`;
  const busy = state.step === "publishing";
  return (
    <DialogFrame
      open
      onOpenChange={(open) => !open && onClose()}
      title={state.step === "published" ? `Published ${profile.name} v${state.number}` : `Publish ${name}`}
      size={600}
      dismissible={!busy}
    >
      {state.step === "published" ? (
        <Published profile={profile} number={state.number} batch={state.batch} onClose={onClose} />
      ) : (
        <>
          <DialogBody>
            <Consequences profile={profile} changes={changes} />
            {refusal[0] && (
              <div role="alert">
                <Banner
                  tone="bad"
                  title={`${name} was not published`}
                  action={
                    refusal[0].field?.length ? (
                      <Button size="small" onClick={() => onRefused(refusal)}>
                        Go to the field
                      </Button>
                    ) : undefined
                  }
                >
                  {refusal.map(sentence).join(" ")}
                  {profile.publishedVersion && ` Version ${profile.publishedVersion.number} stays in use.`}
                </Banner>
              </div>
            )}
          </DialogBody>
          <DialogFooter>
            <Button onClick={onClose} disabled={busy}>
              Cancel
            </Button>
            <Button variant="primary" busy={busy} busyLabel="Publishing" onClick={() => void confirm()}>
              Publish
            </Button>
          </DialogFooter>
        </>
      )}
    </DialogFrame>
  );
}

function Consequences({ profile, changes }: Pick<PublishDialogProps, "profile" | "changes">) {
  const devices = useDeviceCount(profile.id);
  const present = profile.publishedVersion;
  return (
    <div className="grid gap-2 text-fg-2">
      {present && changes > 0 && (
        <p>
          {plural(changes, "key differs", "keys differ")} from version {present.number}.
        </p>
      )}
      {devices === undefined ? (
        <p>Counting the devices that have the profile.</p>
      ) : devices === 0 ? (
        <p>No device has the profile yet. Apple gets it when one does.</p>
      ) : (
        <>
          <p>
            GuardMDM defines it at Apple for each organization that needs it, and moves{" "}
            <b className="font-semibold text-fg">{plural(devices, "device")}</b> to it, at most 1,000 in a request.
            Devices of organizations that only observe stay as they are.
          </p>
          <p>Devices that were set up already stay as they are, and use it after their next erase.</p>
        </>
      )}
      {present && <p>Version {present.number} stays readable and can be published again.</p>}
    </div>
  );
}

type PublishedProps = { profile: Profile; number: number; batch: Batch | null; onClose: () => void };

function Published({ profile, number, batch, onClose }: PublishedProps) {
  const registrations = profile.registrations.filter(({ version }) => version.number === number);
  const organizations = registrations.length > 0 && (
    <ul aria-label="At Apple" className="divide-y divide-border rounded-card border border-border">
      {registrations.map((registration) => (
        <li key={registration.abmToken.id} className="flex flex-wrap justify-between gap-x-4 gap-y-1 px-3 py-2">
          <span className="font-medium">{registration.abmToken.name}</span>
          <RegistrationState registration={registration} />
        </li>
      ))}
    </ul>
  );
  if (batch) {
    return (
      <Moving batch={batch} onClose={onClose}>
        {organizations}
      </Moving>
    );
  }
  return (
    <>
      <DialogBody>
        <p role="status">No device has to be moved: devices that get the profile from now on get version {number}.</p>
        {organizations}
      </DialogBody>
      <DialogFooter>
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      </DialogFooter>
    </>
  );
}

/** How the devices move to the new version. */
function Moving({ batch: begun, children, onClose }: { batch: Batch; children: React.ReactNode; onClose: () => void }) {
  const batch = useBatch(begun);
  const running = batch.status === "RUNNING";
  return (
    <>
      <DialogBody>
        <BatchProgress batch={batch} />
        {children}
      </DialogBody>
      <DialogFooter>
        {running && <p className="mr-auto text-fg-3 text-hint max-sm:w-full">This goes on if you close the window.</p>}
        <StopBatchButton batch={batch} />
        <Button render={<Link to="/assignments/$batchId" params={{ batchId: batch.id }} />}>Show each device</Button>
        <Button variant="primary" onClick={onClose}>
          {running ? "Run in background" : "Done"}
        </Button>
      </DialogFooter>
    </>
  );
}
