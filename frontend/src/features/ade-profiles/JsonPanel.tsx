import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { formatBytes, plural } from "../../lib/numbers";
import { Card } from "../../ui/Card";
import { CopyButton } from "../../ui/CopyText";
import { Segmented } from "../../ui/Segmented";
import { StatusIcon } from "../../ui/StatusIcon";
import { textLink } from "../../ui/textLink";
import { linesOf, sectionNames, sectionOf } from "./content";
import { JsonLines } from "./JsonLines";
import type { Profile } from "./profile";
import type { ProfileEditing } from "./useProfileEditing";

type JsonPanelProps = {
  profile: Profile;
  editing: ProfileEditing;
  /** What leads back to another panel in its place. */
  switcher?: React.ReactNode;
};

/** What Apple receives: as JSON, or beside the published version. */
export function JsonPanel({ profile, editing, switcher }: JsonPanelProps) {
  const { before, after, changed } = editing;
  const [view, setView] = useState<"json" | "diff">("json");
  const version = profile.publishedVersion?.number;
  const json = JSON.stringify(after, null, 2);
  const differs = view === "diff" && before !== undefined;
  return (
    <Card
      title="What Apple receives"
      padding={false}
      action={
        <>
          {switcher}
          {before && (
            <Segmented
              label="What Apple receives as"
              options={[
                { value: "json", label: "JSON" },
                { value: "diff", label: `Diff to v${version}` },
              ]}
              value={view}
              onValueChange={setView}
            />
          )}
          <CopyButton label="JSON" text={json} />
        </>
      }
    >
      {differs && changed.length === 0 ? (
        <p className="px-4 py-3 text-fg-2">Nothing differs from version {version}.</p>
      ) : (
        <JsonLines
          label={differs ? `Differences to version ${version}` : "JSON"}
          lines={differs ? linesOf(after, before) : linesOf(after)}
        />
      )}
      <div className="flex flex-wrap justify-between gap-x-4 border-border border-t px-4 py-2 text-fg-3 text-hint">
        <span>GuardMDM adds url, the address at which devices enroll.</span>
        <span>{formatBytes(new TextEncoder().encode(json).length)}</span>
      </div>
      {profile.warnings.length > 0 && <Warnings profile={profile} />}
    </Card>
  );
}

function Warnings({ profile }: { profile: Profile }) {
  return (
    <section aria-label="Warnings" className="grid gap-2 border-border border-t px-4 py-3">
      <h3 className="text-card">{plural(profile.warnings.length, "warning")}</h3>
      <ul className="grid gap-2">
        {profile.warnings.map(({ field, message }) => (
          <li key={`${field} ${message}`} className="flex gap-2">
            <StatusIcon shape="triangle" tone="warn" className="mt-0.5 size-4" />
            <span className="min-w-0">
              {message}{" "}
              <Link
                to="/profiles/$profileId"
                params={{ profileId: profile.id }}
                search={{ section: sectionOf(field) }}
                className={`${textLink} underline`}
              >
                {sectionNames[sectionOf(field)]}
              </Link>
            </span>
          </li>
        ))}
      </ul>
      <p className="text-fg-3 text-hint">
        Of the {profile.publishedVersion ? "published version" : "saved draft"}. They hinder nothing.
      </p>
    </section>
  );
}
