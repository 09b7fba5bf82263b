import { Check } from "lucide-react";
import { useState } from "react";
import { formatCount } from "../../lib/numbers";
import { Popover } from "../../ui/Popover";
import { SearchInput } from "../../ui/SearchInput";
import { filterButton } from "./FilterMenu";

type SearchedFilterProps = {
  name: string;
  /** What it is set to; undefined for no choice. */
  value: string | undefined;
  /** The choice that filters nothing. */
  all: string;
  /** What can be chosen; undefined until that is known. */
  options: readonly { id: string; name: string }[] | undefined;
  /** Stands in place of the options. */
  missing: string;
  chosen: string | undefined;
  onChoose: (id: string | undefined) => void;
  /** Called when it is about to be opened. */
  onReach: () => void;
};

/** As many are read at a glance; of more, a part of the name finds those that are meant. */
const mostUnsearched = 10;

/** More than this are not shown at once: what is typed narrows them. */
const mostShown = 50;

/** A filter with values of which there can be a thousand: those are found by what was typed. */
export function SearchedFilter({ name, value, onReach, ...choice }: SearchedFilterProps) {
  return (
    <Popover title={name} trigger={filterButton({ name, value, onReach })}>
      {(close) => <Choice name={name} {...choice} onClose={close} />}
    </Popover>
  );
}

type ChoiceProps = Omit<SearchedFilterProps, "value" | "onReach"> & { onClose: () => void };

function Choice({ name, all, options, missing, chosen, onChoose, onClose }: ChoiceProps) {
  const [text, setText] = useState("");
  const sought = text.trim().toLowerCase();
  const found = (options ?? []).filter((option) => option.name.toLowerCase().includes(sought));
  const hidden = found.length - mostShown;
  const item = (id: string | undefined, label: string) => (
    <li key={id ?? ""}>
      <button
        type="button"
        aria-pressed={id === chosen}
        onClick={() => {
          onChoose(id);
          onClose();
        }}
        className="flex min-h-11 w-full cursor-pointer items-center gap-2.5 rounded-badge px-2 py-1 text-left hover:bg-hover sm:min-h-8"
      >
        <span className="min-w-0 flex-1 wrap-anywhere">{label}</span>
        {id === chosen && <Check aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />}
      </button>
    </li>
  );
  return (
    <>
      {options && options.length > mostUnsearched && (
        <SearchInput label={`Search by name: ${name}`} placeholder="Name" value={text} onValueChange={setText} />
      )}
      <ul aria-label={name} className="-mx-2 max-h-72 overflow-y-auto">
        {sought === "" && item(undefined, all)}
        {found.slice(0, mostShown).map((option) => item(option.id, option.name))}
      </ul>
      <p role="status" className="text-fg-3 text-hint empty:hidden">
        {!options && missing}
        {options && hidden > 0 && `${formatCount(hidden)} more: type a part of the name`}
        {sought !== "" && found.length === 0 && `None is called “${text.trim()}”`}
      </p>
    </>
  );
}
