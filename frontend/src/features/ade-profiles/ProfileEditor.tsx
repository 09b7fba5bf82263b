import { Link, useBlocker } from "@tanstack/react-router";
import { clsx } from "clsx";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { sentence } from "../../graphql/errors";
import { loadPart } from "../../lib/loadPart";
import { useIsPhone } from "../../lib/useBreakpoint";
import { Banner } from "../../ui/Banner";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { textLink } from "../../ui/textLink";
import { useMay } from "../session/session";
import { BasicsCard } from "./BasicsCard";
import { BehaviorCard } from "./BehaviorCard";
import { CertificatesCard } from "./CertificatesCard";
import { changedKeys, publishedKeys, type Section, sectionNames, sectionOf, sectionOfKey, sections } from "./content";
import { DiscardDialog } from "./DiscardDialog";
import { JsonPanel } from "./JsonPanel";
import { MdmServerCard } from "./MdmServerCard";
import { MinimumOsCard } from "./MinimumOsCard";
import { PublishDialog } from "./PublishDialog";
import type { Profile, Version } from "./profile";
import { SaveBar } from "./SaveBar";
import { SetupAssistant } from "./SetupAssistant";
import type { Panel } from "./SetupPanel";
import { SignInCard } from "./SignInCard";
import type { System } from "./systems";
import { UseCards } from "./UseCard";
import { type ProfileEditing, useProfileEditing } from "./useProfileEditing";
import { Versions } from "./Versions";

const SetupPanel = lazy(() =>
  loadPart(() => import("./SetupPanel")).then((module) => ({ default: module.SetupPanel })),
);

type ProfileEditorProps = {
  profile: Profile;
  section: Section;
  onSectionChange: (section: Section) => void;
  system: System;
  onSystemChange: (system: System) => void;
  panel: Panel;
  onPanelChange: (panel: Panel) => void;
  /** The number of the version that is looked at. */
  version: string | undefined;
};

type Overlay = { kind: "publish"; version?: Version } | { kind: "discard" };

/** A profile by sections. What is edited waits here until it is saved as a draft or published. */
export function ProfileEditor(props: ProfileEditorProps) {
  const { profile, section, onSectionChange } = props;
  const mayEdit = useMay("OPERATOR");
  const isPhone = useIsPhone();
  const readOnly = !mayEdit || isPhone;
  const editing = useProfileEditing(profile);
  const [overlay, setOverlay] = useState<Overlay>();
  const close = () => setOverlay(undefined);
  const hasJson = section !== "use" && section !== "versions";
  useSaveKey(() => {
    if (!readOnly) void editing.save();
  });

  return (
    <>
      <div className="mx-auto grid w-full max-w-420 flex-1 grid-cols-[minmax(0,1fr)] content-start items-start gap-4 p-4 sm:p-6 lg:grid-cols-[9rem_minmax(0,1fr)]">
        <SectionLinks profile={profile} section={section} changed={editing.changed} />
        <div
          className={clsx(
            "grid grid-cols-[minmax(0,1fr)] items-start gap-4",
            hasJson && "xl:grid-cols-[minmax(0,1fr)_22rem]",
          )}
        >
          <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
            {isPhone && mayEdit && (
              <Banner tone="info" title="Edit on a larger screen">
                On a phone a profile can only be read.
              </Banner>
            )}
            <Refusals profile={profile} editing={editing} />
            <SectionBody
              {...props}
              editing={editing}
              readOnly={readOnly}
              onPublishAgain={readOnly ? undefined : (version) => setOverlay({ kind: "publish", version })}
            />
          </div>
          {section === "setup" ? (
            <Suspense fallback={null}>
              <SetupPanel {...props} editing={editing} />
            </Suspense>
          ) : (
            hasJson && (
              <div className="min-w-0 xl:sticky xl:top-18">
                <JsonPanel profile={profile} editing={editing} />
              </div>
            )
          )}
        </div>
      </div>
      {!readOnly && (
        <SaveBar
          profile={profile}
          editing={editing}
          onDiscard={() => (canDiscardDraft(profile) ? setOverlay({ kind: "discard" }) : editing.forget())}
          onPublish={() => setOverlay({ kind: "publish" })}
        />
      )}
      {overlay?.kind === "publish" && (
        <PublishDialog
          profile={profile}
          version={overlay.version}
          changes={overlay.version ? changesOfVersion(overlay.version, profile) : editing.changed.length}
          save={editing.save}
          onRefused={(errors) => {
            close();
            editing.refuse(errors);
            const field = errors.find((error) => error.field?.length)?.field?.at(-1);
            if (field) onSectionChange(sectionOf(field));
          }}
          onClose={close}
        />
      )}
      {overlay?.kind === "discard" && (
        <DiscardDialog
          profile={profile}
          onDiscarded={() => {
            editing.forget();
            close();
          }}
          onClose={close}
        />
      )}
      <LeaveGuard dirty={editing.dirty} name={profile.name} />
    </>
  );
}

/** A profile that was never published is its draft: it is deleted, not discarded. */
function canDiscardDraft({ draft, publishedVersion }: Profile): boolean {
  return draft !== null && publishedVersion !== null;
}

function changesOfVersion(version: Version, { publishedVersion }: Profile): number {
  return publishedVersion ? changedKeys(publishedKeys(publishedVersion.json), publishedKeys(version.json)).length : 0;
}

type SectionBodyProps = ProfileEditorProps & {
  editing: ProfileEditing;
  readOnly: boolean;
  onPublishAgain: ((version: Version) => void) | undefined;
};

function SectionBody({ section, onPublishAgain, ...props }: SectionBodyProps) {
  switch (section) {
    case "basics":
    case "behavior":
      return (
        <>
          <BasicsCard {...props} />
          <MinimumOsCard {...props} />
          <MdmServerCard {...props} />
          <Shown when={section === "behavior"}>
            <BehaviorCard {...props} />
          </Shown>
        </>
      );
    case "setup":
      return <SetupAssistant {...props} profileId={props.profile.id} />;
    case "signin":
      return <SignInCard {...props} />;
    case "certificates":
      return <CertificatesCard {...props} />;
    case "use":
      return <UseCards profile={props.profile} />;
    case "versions":
      return <Versions profile={props.profile} shown={props.version} onPublish={onPublishAgain} />;
  }
}

/** A part of a page that its link scrolls to. */
function Shown({ when, children }: { when: boolean; children: React.ReactNode }) {
  const part = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (when) part.current?.scrollIntoView({ block: "start" });
  }, [when]);
  return (
    <div ref={part} className="scroll-mt-4">
      {children}
    </div>
  );
}

/** A section is the present page only with its own parameter. */
const exactly = { exact: true };

type SectionLinksProps = { profile: Profile; section: Section; changed: readonly string[] };

function SectionLinks({ profile, section, changed }: SectionLinksProps) {
  const count = (each: Section) => changed.filter((key) => sectionOfKey(key) === each).length;
  return (
    <nav aria-label="Sections" className="flex flex-wrap gap-1 lg:sticky lg:top-18 lg:grid">
      {sections.map((each) => (
        <Link
          key={each}
          to="/profiles/$profileId"
          params={{ profileId: profile.id }}
          search={each === "basics" ? {} : { section: each }}
          resetScroll={false}
          activeOptions={exactly}
          aria-current={each === section ? "page" : undefined}
          className="flex min-h-11 items-center gap-2 rounded-control px-2 text-fg-2 hover:bg-hover hover:text-fg sm:min-h-8 aria-[current=page]:bg-active aria-[current=page]:font-medium aria-[current=page]:text-fg"
        >
          {sectionNames[each]}
          {count(each) > 0 && (
            <span className="ml-auto text-fg-3 text-hint tabular-nums">
              {count(each)}
              <span className="sr-only"> changed</span>
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}

/** What the server refused, with the way to each field. */
function Refusals({ profile, editing }: { profile: Profile; editing: ProfileEditing }) {
  if (editing.errors.length === 0) return null;
  return (
    <div role="alert">
      <Banner tone="bad" title="This was not saved">
        <ul className="grid gap-1">
          {editing.errors.map((error) => {
            const section = error.field?.length ? sectionOf(error.field.at(-1) ?? "") : undefined;
            return (
              <li key={`${error.field?.join(".")} ${error.message}`}>
                {sentence(error)}{" "}
                {section && (
                  <Link
                    to="/profiles/$profileId"
                    params={{ profileId: profile.id }}
                    search={{ section }}
                    className={`${textLink} underline`}
                  >
                    {sectionNames[section]}
                  </Link>
                )}
              </li>
            );
          })}
        </ul>
      </Banner>
    </div>
  );
}

/** Asks before edits are lost on the way to another page; the browser asks when the window closes. */
function LeaveGuard({ dirty, name }: { dirty: boolean; name: string }) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname,
    enableBeforeUnload: dirty,
    disabled: !dirty,
    withResolver: true,
  });
  return (
    <ConfirmDialog
      open={status === "blocked"}
      onOpenChange={(open) => !open && reset?.()}
      title={`Leave ${name} without saving`}
      confirmLabel="Leave"
      danger
      onConfirm={() => proceed?.()}
    >
      <p>Your changes are not saved. Save them as a draft to go on later.</p>
    </ConfirmDialog>
  );
}

/** Saves by ⌘S or Ctrl S. */
function useSaveKey(save: () => void) {
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "s" || !(event.metaKey || event.ctrlKey) || event.altKey) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}
