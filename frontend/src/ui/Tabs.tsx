import { Tabs as Base } from "@base-ui/react/tabs";
import { clsx } from "clsx";
import { cloneElement } from "react";

export type TabItem<Id extends string> = {
  id: Id;
  label: string;
  count?: number | undefined;
  /** In place of the count, where it comes later than the tab. */
  badge?: React.ReactNode;
};

export type TabsProps<Id extends string> = {
  /** The accessible name of the row. */
  label?: string;
  items: readonly TabItem<Id>[];
  value: Id;
  onValueChange: (value: Id) => void;
  /** The view of the chosen tab. */
  children?: React.ReactNode;
};

const rowClass = "flex gap-4 overflow-x-auto border-border border-b";
const tabClass =
  "-mb-px inline-flex h-11 shrink-0 cursor-pointer items-center gap-1.5 border-b-2 border-transparent font-medium text-fg-2 -outline-offset-2 transition-colors duration-(--motion-press) ease-standard hover:text-fg sm:h-9";
const chosenClass = "border-b-ink text-fg";

/** Views of one object. Arrows move, Enter or Space chooses. */
export function Tabs<Id extends string>({ label, items, value, onValueChange, children }: TabsProps<Id>) {
  return (
    <Base.Root value={value} onValueChange={onValueChange} className="grid gap-4">
      <Base.List aria-label={label} activateOnFocus={false} className={rowClass}>
        {items.map((item) => (
          <Base.Tab key={item.id} value={item.id} className={clsx(tabClass, item.id === value && chosenClass)}>
            <TabFace {...item} />
          </Base.Tab>
        ))}
      </Base.List>
      {children && <Base.Panel value={value}>{children}</Base.Panel>}
    </Base.Root>
  );
}

export type TabLinksProps<Id extends string> = {
  label: string;
  /** `render` is the link of the view. */
  items: readonly (TabItem<Id> & { render: React.ReactElement<LinkProps> })[];
  value: Id;
};

type LinkProps = Pick<React.ComponentProps<"a">, "className" | "children" | "aria-current">;

/** Views that are pages of their own. */
export function TabLinks<Id extends string>({ label, items, value }: TabLinksProps<Id>) {
  return (
    <nav aria-label={label} className={rowClass}>
      {items.map(({ render, ...item }) =>
        cloneElement(render, {
          key: item.id,
          className: clsx(tabClass, item.id === value && chosenClass),
          "aria-current": item.id === value ? "page" : undefined,
          children: <TabFace {...item} />,
        }),
      )}
    </nav>
  );
}

function TabFace({ label, count, badge }: Pick<TabItem<string>, "label" | "count" | "badge">) {
  return (
    <>
      {label} {badge ?? (count !== undefined && <TabCount count={count} />)}
    </>
  );
}

/** How many a tab leads to. */
export function TabCount({ count }: { count: number }) {
  return (
    <span className="rounded-full bg-muted-soft px-1.5 text-badge text-muted-fg tabular-nums">
      {count.toLocaleString("en")}
    </span>
  );
}
