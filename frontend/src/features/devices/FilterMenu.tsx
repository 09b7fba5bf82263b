import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import { Button } from "../../ui/Button";
import { Menu, type MenuItem } from "../../ui/Menu";

type FilterMenuProps = {
  name: string;
  /** What it is set to; undefined for no choice, which is every device. */
  value: string | undefined;
  items: readonly MenuItem[];
  /** Called when it is about to be opened. */
  onReach?: (() => void) | undefined;
};

/** One filter of the list: what it is about, what it is set to, and behind it what it can be. */
export function FilterMenu({ items, ...button }: FilterMenuProps) {
  return <Menu items={items} trigger={filterButton(button)} />;
}

export function filterButton({ name, value, onReach }: Omit<FilterMenuProps, "items">) {
  return (
    <Button className="max-w-full" onPointerEnter={onReach} onFocus={onReach}>
      {/* Where nothing is chosen the name says enough: what is set stands out of the row. */}
      <span className={clsx("font-normal", value === undefined ? "text-fg-2" : "text-fg-3")}>{name}</span>
      <span className={clsx("truncate", value === undefined && "sr-only")}>{value ?? "All"}</span>
      <ChevronDown aria-hidden className="size-4 shrink-0 text-fg-3" strokeWidth={1.75} />
    </Button>
  );
}

/** The items of a filter that is one value or none. */
export function choices<Value extends string>(
  all: string,
  options: readonly { value: Value; label: string; icon?: React.ReactNode }[],
  chosen: string | undefined,
  choose: (value: Value | undefined) => void,
): MenuItem[] {
  return [
    { label: all, checked: !options.some(({ value }) => value === chosen), onSelect: () => choose(undefined) },
    "separator",
    ...options.map(({ value, ...option }) => ({
      ...option,
      checked: value === chosen,
      onSelect: () => choose(value),
    })),
  ];
}
