import { Link } from "@tanstack/react-router";
import { useId, useState } from "react";
import { problemOf } from "../../graphql/errors";
import { Button } from "../../ui/Button";
import { ErrorState } from "../../ui/ErrorState";
import { SearchInput } from "../../ui/SearchInput";
import { Skeleton } from "../../ui/Skeleton";
import { summaryOf } from "./profileChoice";
import { useProfiles } from "./useProfiles";

type ProfilePickerProps = { value: string | undefined; onChange: (id: string, name: string) => void };

const searchFrom = 6; // fewer are seen at once

/** One of the published ADE profiles, each with what it does. */
export function ProfilePicker({ value, onChange }: ProfilePickerProps) {
  const { all, error, more, loadingMore, retry } = useProfiles();
  const [text, setText] = useState("");
  const name = useId();
  if (!all) return error ? <ErrorState {...problemOf(error)} onRetry={retry} /> : <Skeleton rows={3} />;
  if (all.length === 0) {
    return (
      <p className="text-fg-2">
        There is no ADE profile yet. Make one under{" "}
        <Link to="/profiles" className="text-accent-fg underline">
          ADE profiles
        </Link>
        , then assign it.
      </p>
    );
  }
  const wanted = text.trim().toLocaleLowerCase("en");
  const shown = all.filter((profile) => profile.name.toLocaleLowerCase("en").includes(wanted));
  return (
    <div className="grid gap-2">
      {all.length >= searchFrom && (
        <SearchInput label="Search profiles" placeholder="Profile name" value={text} onValueChange={setText} />
      )}
      <fieldset className="max-h-64 overflow-y-auto rounded-card border border-border">
        <legend className="sr-only">ADE profile</legend>
        {shown.map((profile) => (
          <label
            key={profile.id}
            className="flex min-h-11 cursor-pointer items-start gap-2.5 border-border border-b px-3 py-2 -outline-offset-2 last:border-b-0 hover:bg-hover has-checked:bg-accent-soft has-disabled:cursor-not-allowed has-disabled:text-fg-3"
          >
            <input
              type="radio"
              name={name}
              value={profile.id}
              checked={profile.id === value}
              disabled={!profile.publishedVersion}
              onChange={() => onChange(profile.id, profile.name)}
              className="mt-0.5 size-4 shrink-0 cursor-pointer accent-accent"
            />
            <span className="min-w-0">
              <span className="block font-medium wrap-anywhere">{profile.name}</span>
              <span className="block text-fg-3 text-hint">{summaryOf(profile)}</span>
            </span>
          </label>
        ))}
        {shown.length === 0 && <p className="px-3 py-4 text-fg-2">No profile has this in its name.</p>}
      </fieldset>
      {(more || loadingMore) && (
        <div>
          <Button size="small" busy={loadingMore} busyLabel="Loading" onClick={more}>
            Load more profiles
          </Button>
        </div>
      )}
    </div>
  );
}
