import { Fragment } from "react";

export type Fact = { label: string; value: React.ReactNode; detail?: React.ReactNode };

/** Facts with their names beside them. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="grid grid-cols-[8.5rem_minmax(0,1fr)] gap-x-4 gap-y-2">
      {facts.map(({ label, value, detail }) => (
        <Fragment key={label}>
          <dt className="text-fg-3">{label}</dt>
          <dd className="wrap-anywhere">
            {value || <span className="text-fg-3">None</span>}
            {detail && <span className="block text-fg-3 text-hint">{detail}</span>}
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}
