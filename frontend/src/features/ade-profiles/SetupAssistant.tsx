import { ChevronDown, Info, Plus, SearchX, X } from "lucide-react";
import { useRef, useState } from "react";
import { useQuery } from "urql";
import { readFragment } from "../../gql";
import { problemOf } from "../../graphql/errors";
import { useShortcuts } from "../../lib/shortcuts";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { FieldError } from "../../ui/Field";
import { IconButton } from "../../ui/IconButton";
import { Menu } from "../../ui/Menu";
import { PlatformIcon } from "../../ui/PlatformIcon";
import { SearchInput } from "../../ui/SearchInput";
import { Segmented } from "../../ui/Segmented";
import { Skeleton } from "../../ui/Skeleton";
import { TextInput } from "../../ui/TextInput";
import { CopyPanesDialog } from "./CopyPanesDialog";
import type { EditorPartProps } from "./editor";
import { PaneTile } from "./PaneTile";
import { matches, type Pane, PaneFragment, PanesDocument, panesOf, preset, toggled, unknownKeys } from "./panes";
import { platformsOfSystem, type System, systemNames, systems } from "./systems";

type SetupAssistantProps = EditorPartProps & {
  profileId: string;
  system: System;
  onSystemChange: (system: System) => void;
};

/** The panes of Setup Assistant: which ones people see. */
export function SetupAssistant(props: SetupAssistantProps) {
  const [{ data, error }, retry] = useQuery({ query: PanesDocument });
  if (!data) {
    return (
      <Card>
        {error ? (
          <ErrorState {...problemOf(error)} title="The panes did not load" onRetry={() => retry()} />
        ) : (
          <Skeleton rows={8} />
        )}
      </Card>
    );
  }
  return <Panes {...props} panes={readFragment(PaneFragment, data.setupAssistantPanes)} />;
}

type Shown = "all" | "shown" | "skipped";

function Panes(props: SetupAssistantProps & { panes: readonly Pane[] }) {
  const { editing, readOnly, profileId, system, onSystemChange, panes } = props;
  const [search, setSearch] = useState("");
  const [shown, setShown] = useState<Shown>("all");
  const [copying, setCopying] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useShortcuts({ "/": () => input.current?.focus() });

  const { skipSetupItems: skipped } = editing.values;
  const skip = (skipSetupItems: string[]) => editing.edit({ skipSetupItems });
  const here = panesOf(panes, system, skipped);
  const isSkipped = (pane: Pane) => skipped.includes(pane.key);
  const skippedHere = here.filter(isSkipped).length;
  const found = here.filter(
    (pane) => matches(pane, search) && (shown === "all" || isSkipped(pane) === (shown === "skipped")),
  );
  const error = editing.errorOf("skipSetupItems");

  return (
    <section aria-label="Setup Assistant" className="grid min-w-0 content-start gap-3">
      <Segmented
        label="Device"
        options={systems.map((each) => ({
          value: each,
          label: `${systemNames[each]} ${panesOf(panes, each, skipped).length}`,
          icon: <PlatformIcon platform={platformsOfSystem[each][0]} />,
        }))}
        value={system}
        onValueChange={onSystemChange}
      />
      <div className="flex flex-wrap items-center gap-2">
        <SearchInput
          label="Pane or Apple's key"
          placeholder="Pane or Apple key"
          value={search}
          onValueChange={setSearch}
          shortcut="/"
          ref={input}
          className="w-full sm:w-56"
        />
        <Segmented
          label="Panes"
          options={[
            { value: "all", label: "All" },
            { value: "shown", label: `Shown ${here.length - skippedHere}` },
            { value: "skipped", label: `Skipped ${skippedHere}` },
          ]}
          value={shown}
          onValueChange={setShown}
        />
        {!readOnly && (
          <div className="ml-auto flex gap-2">
            <Button onClick={() => skip(preset("skipAll", panes, system, skipped))}>Skip all</Button>
            <Menu
              align="end"
              trigger={
                <Button>
                  Preset
                  <ChevronDown aria-hidden className="size-4" strokeWidth={1.75} />
                </Button>
              }
              items={[
                {
                  label: "Minimal",
                  hint: "Shows what people need to sign in, lock and connect the device",
                  onSelect: () => skip(preset("minimal", panes, system, skipped)),
                },
                {
                  label: "Apple's default",
                  hint: "Skips nothing",
                  onSelect: () => skip(preset("none", panes, system, skipped)),
                },
                "separator",
                { label: "Copy from another profile", onSelect: () => setCopying(true) },
              ]}
            />
          </div>
        )}
      </div>
      {error && <FieldError>{error}</FieldError>}
      <p role="status" className="sr-only">
        {`${systemNames[system]}: ${here.length - skippedHere} panes shown, ${skippedHere} skipped`}
      </p>
      {found.length === 0 ? (
        <Card>
          <EmptyState
            icon={<SearchX />}
            title="No pane matches"
            action={
              <Button
                onClick={() => {
                  setSearch("");
                  setShown("all");
                }}
              >
                Show all panes
              </Button>
            }
          />
        </Card>
      ) : (
        <ul aria-label={`Panes of ${systemNames[system]}`} className="grid gap-2 sm:grid-cols-2 2xl:grid-cols-3">
          {found.map((pane) => (
            <PaneTile
              key={pane.key}
              pane={pane}
              system={system}
              skipped={isSkipped(pane)}
              onToggle={readOnly ? undefined : () => skip(toggled(skipped, pane.key))}
            />
          ))}
        </ul>
      )}
      <OtherKeys editing={editing} readOnly={readOnly} panes={panes} />
      <p className="flex gap-2 text-fg-3 text-hint">
        <Info aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
        Apple ignores keys that an OS version does not know, so it is safe to skip newer panes.
      </p>
      {copying && <CopyPanesDialog exceptId={profileId} onCopy={skip} onClose={() => setCopying(false)} />}
    </section>
  );
}

/** Keys that GuardMDM has no pane for: newer ones of Apple's. */
function OtherKeys({ editing: { values, edit }, readOnly, panes }: EditorPartProps & { panes: readonly Pane[] }) {
  const [key, setKey] = useState("");
  const skipped = values.skipSetupItems;
  const others = unknownKeys(panes, skipped);
  const add = (event: React.FormEvent) => {
    event.preventDefault();
    const wanted = key.trim();
    if (wanted === "") return;
    if (!skipped.includes(wanted)) edit({ skipSetupItems: [...skipped, wanted] });
    setKey("");
  };
  if (readOnly && others.length === 0) return null;
  return (
    <Card title="Other keys" meta="Of panes that are newer than this GuardMDM">
      {others.length > 0 && (
        <ul aria-label="Other keys that are skipped" className="flex flex-wrap gap-2">
          {others.map((other) => (
            <li
              key={other}
              className="flex items-center gap-1 rounded-control border border-border-2 bg-sunken py-0.5 pr-0.5 pl-2"
            >
              <code className="font-mono text-serial">{other}</code>
              {!readOnly && (
                <IconButton
                  size="tiny"
                  label={`Do not skip ${other}`}
                  icon={<X aria-hidden className="size-3.5" strokeWidth={1.75} />}
                  onClick={() => edit({ skipSetupItems: skipped.filter((each) => each !== other) })}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {!readOnly && (
        <form onSubmit={add} className="flex max-w-md items-end gap-2">
          <div className="min-w-0 flex-1">
            <TextInput
              label="Apple's key"
              value={key}
              onChange={(event) => setKey(event.target.value)}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={100}
            />
          </div>
          <Button type="submit" icon={<Plus aria-hidden className="size-4" strokeWidth={1.75} />}>
            Skip it
          </Button>
        </form>
      )}
    </Card>
  );
}
