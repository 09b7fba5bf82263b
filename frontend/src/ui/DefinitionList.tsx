import { clsx } from "clsx";

export type DefinitionItem = {
  label: string;
  /** Empty values are named: "None", "Never". */
  value: React.ReactNode;
  /** A second line in hint size. */
  detail?: React.ReactNode;
  /** As long as an email address: twice as wide as the others. */
  wide?: boolean;
};

export type DefinitionListProps = { items: readonly DefinitionItem[] };

/** Facts with their names above them, in as many columns as there is room for. */
export function DefinitionList({ items }: DefinitionListProps) {
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-[repeat(auto-fit,minmax(8rem,1fr))]">
      {items.map(({ label, value, detail, wide = false }) => (
        <div key={label} className={clsx("min-w-0", wide && "col-span-2")}>
          <dt className="text-fg-3 text-hint">{label}</dt>
          <dd className="font-medium wrap-anywhere">{value ?? <span className="font-normal text-fg-3">None</span>}</dd>
          {detail && <dd className="text-fg-3 text-hint">{detail}</dd>}
        </div>
      ))}
    </dl>
  );
}
