import { clsx } from "clsx";
import { Lock } from "lucide-react";
import { useQuery } from "urql";
import { readFragment } from "../../gql";
import { problemOf } from "../../graphql/errors";
import { formatCount } from "../../lib/numbers";
import { ErrorState } from "../../ui/ErrorState";
import { Skeleton } from "../../ui/Skeleton";
import { PaneFragment, PanesDocument } from "./panes";
import { ScreenIcon } from "./ScreenIcon";
import { advancesAlone, type Screen, screensOf } from "./screens";
import { type System, systemNames } from "./systems";
import type { ProfileEditing } from "./useProfileEditing";

/** What people see while a device with this profile is set up, screen by screen, as it is edited. */
export function ScreensPanel({ editing: { values }, system }: { editing: ProfileEditing; system: System }) {
  const [{ data, error }, retry] = useQuery({ query: PanesDocument });
  if (!data) {
    return error ? (
      <ErrorState {...problemOf(error)} title="The panes did not load" onRetry={() => retry()} />
    ) : (
      <div className="p-4">
        <Skeleton rows={6} />
      </div>
    );
  }
  const { screens, of } = screensOf(readFragment(PaneFragment, data.setupAssistantPanes), system, values);
  const certain = screens.filter(({ kind }) => kind !== "maybe").length;
  return (
    <>
      {advancesAlone(system, values) ? (
        <p className="px-4 py-3 text-fg-2">
          Nobody has to touch it: the {systemNames[system]} advances through Setup Assistant by itself, where it has a
          cable. Without one, these are the screens.
        </p>
      ) : (
        values.isMultiUser &&
        system === "ios" && (
          <p className="px-4 py-3 text-fg-2">
            A shared iPad ends with its own sign-in in place of most of these screens.
          </p>
        )
      )}
      <p role="status" className="px-4 pt-3 text-fg-2">
        <b className="font-semibold text-fg tabular-nums">{formatCount(certain)}</b> of {formatCount(of)} screens on{" "}
        {systemNames[system]}
      </p>
      <section
        aria-label="Screens"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
        tabIndex={0}
        className="overflow-y-auto -outline-offset-2 xl:max-h-[calc(100dvh-19rem)]"
      >
        <ol
          aria-label={`Screens on ${systemNames[system]}, in their order`}
          className="grid grid-cols-[repeat(auto-fill,minmax(5.5rem,1fr))] gap-x-3 gap-y-4 p-4"
        >
          {screens.map((screen, place) => (
            <Miniature key={screen.key} screen={screen} number={place + 1} />
          ))}
        </ol>
      </section>
      <p className="flex gap-2 border-border border-t px-4 py-2 text-fg-3 text-hint">
        <Lock aria-hidden className="mt-0.5 size-3.5 shrink-0" strokeWidth={1.75} />
        <span>
          Grey and green screens always show; dashed ones may. The order is the usual one: Apple changes it, and leaves
          out what a model does not have.
        </span>
      </p>
    </>
  );
}

const looks: Record<Screen["kind"], string> = {
  always: "border-border bg-sunken text-fg-3",
  management: "border-ok-line bg-ok-soft text-ok-fg",
  pane: "border-border-2 bg-surface text-accent-fg",
  maybe: "border-dashed border-border-control bg-sunken text-fg-3",
};

const kindWords: Record<Screen["kind"], string> = {
  always: "always shown",
  management: "enrollment",
  pane: "shown",
  maybe: "may show",
};

function Miniature({ screen: { key, title, kind, note }, number }: { screen: Screen; number: number }) {
  return (
    <li className="grid content-start gap-1.5 text-center text-hint">
      <span
        aria-hidden
        className={clsx("relative grid h-24 place-items-center content-center gap-2 rounded-card border", looks[kind])}
      >
        <span className="absolute top-1 left-1.5 text-fg-3 tabular-nums">{number}</span>
        <ScreenIcon name={key} />
        <span className="h-1 w-8 rounded-full bg-border-2" />
        <span className="h-1 w-12 rounded-full bg-border" />
      </span>
      <span className="wrap-anywhere">
        {title}
        <span className="sr-only">, {kindWords[kind]}</span>
        {note && <span className="block text-fg-3">{note}</span>}
      </span>
    </li>
  );
}
