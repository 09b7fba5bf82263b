import { FileText, Layers, LogOut, MinusCircle, MoreHorizontal, Send, Slash, X } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { loadPart } from "../../lib/loadPart";
import { formatCount } from "../../lib/numbers";
import { useShortcuts } from "../../lib/shortcuts";
import { Kbd } from "../../ui/Kbd";
import { Menu } from "../../ui/Menu";
import { Tooltip } from "../../ui/Tooltip";
import { mostReleased } from "../assignments/disown";
import { useMay } from "../session/session";
import type { SelectionAction } from "./SelectionDialog";
import { type Selection, sizeOf, tooMany } from "./selection";

const SelectionDialog = lazy(() =>
  loadPart(() => import("./SelectionDialog")).then((module) => ({ default: module.SelectionDialog })),
);

const icon = { "aria-hidden": true, className: "size-4 shrink-0", strokeWidth: 1.75 } as const;

type BulkBarProps = {
  selection: Selection;
  /** Devices that match the filters. */
  total: number | undefined;
  onSelectAll: (() => void) | undefined;
  onClear: () => void;
};

/** How many devices are selected, and what can be done with them. */
export function BulkBar({ selection, total, onSelectAll, onClear }: BulkBarProps) {
  const [action, setAction] = useState<SelectionAction>();
  const refused = tooMany(selection);
  const mayDisown = useMay("ADMIN");
  const size = sizeOf(selection);
  const all = "where" in selection;
  const act = (what: SelectionAction) => () => {
    if (!refused) setAction(what);
  };
  useShortcuts({ Escape: onClear, a: act("assign"), l: act("group") });
  return (
    // In a strip of its own, not over the rows: it must hide no row that has the focus.
    <section aria-label="Selected devices" className="flex shrink-0 justify-center border-border border-t bg-bg p-2">
      <div className="flex max-w-full flex-wrap items-center gap-1 rounded-card bg-ink px-3 py-1.5 text-on-ink shadow-popover sm:flex-nowrap">
        <p role="status" className="mr-2 font-semibold tabular-nums">
          {all ? `All ${formatCount(size)} matching selected` : `${formatCount(size)} selected`}
          {all && <span className="block font-normal text-hint opacity-80">Later matches are not included</span>}
        </p>
        {!all && onSelectAll && total !== undefined && total > size && (
          <BarButton onClick={onSelectAll}>Select all {formatCount(total)} matching</BarButton>
        )}
        <BarButton icon={<X {...icon} />} shortcut="Esc" onClick={onClear}>
          Clear
        </BarButton>
        <span aria-hidden className="mx-1 h-5 w-px bg-current opacity-25 max-sm:hidden" />
        <BarButton icon={<FileText {...icon} />} shortcut="A" reason={refused} onClick={act("assign")}>
          Assign profile
        </BarButton>
        <BarButton icon={<Layers {...icon} />} shortcut="L" reason={refused} onClick={act("group")}>
          Add to group
        </BarButton>
        <BarButton icon={<MinusCircle {...icon} />} reason={refused} onClick={act("unassign")}>
          Remove own profile
        </BarButton>
        <Menu
          align="end"
          trigger={<BarButton label="More for the selection" icon={<MoreHorizontal {...icon} />} />}
          items={[
            {
              label: "Send command",
              hint: "To those that are enrolled",
              icon: <Send {...icon} />,
              onSelect: act("command"),
              disabledReason: refused,
            },
            {
              label: "Clear profile at Apple",
              hint: "The devices are to have none, on purpose",
              icon: <Slash {...icon} />,
              onSelect: act("clear"),
              disabledReason: refused,
            },
            ...(mayDisown
              ? [
                  "separator" as const,
                  {
                    label: "Release for good",
                    hint: "Out of Apple Business Manager; cannot be undone",
                    icon: <LogOut {...icon} />,
                    danger: true,
                    onSelect: act("disown"),
                    disabledReason:
                      size > mostReleased
                        ? `At most ${formatCount(mostReleased)} devices can be released at once`
                        : undefined,
                  },
                ]
              : []),
          ]}
        />
      </div>
      {action && (
        <Suspense>
          <SelectionDialog
            action={action}
            selection={selection}
            onClose={() => setAction(undefined)}
            onDone={onClear}
          />
        </Suspense>
      )}
    </section>
  );
}

type BarButtonProps = React.ComponentProps<"button"> & {
  icon?: React.ReactNode;
  shortcut?: string;
  /** Why it cannot be pressed. */
  reason?: string | undefined;
  /** The accessible name of one without words. */
  label?: string;
};

// Of its own, since the other buttons are made for light ground.
function BarButton({ icon, shortcut, reason, label, children, ...props }: BarButtonProps) {
  return (
    <Tooltip content={reason} opensOnPress={Boolean(reason)}>
      <button
        {...props}
        type="button"
        aria-label={label}
        aria-disabled={reason ? true : undefined}
        aria-description={reason}
        aria-keyshortcuts={shortcut === "Esc" ? "Escape" : shortcut}
        className="inline-flex h-11 cursor-pointer items-center gap-1.5 whitespace-nowrap rounded-control px-2.5 font-medium hover:bg-on-ink/15 active:bg-on-ink/25 aria-disabled:cursor-not-allowed aria-disabled:opacity-60 sm:h-8"
      >
        {icon}
        {children}
        {shortcut && (
          <span aria-hidden className="max-lg:hidden">
            <Kbd onInk>{shortcut}</Kbd>
          </span>
        )}
      </button>
    </Tooltip>
  );
}
