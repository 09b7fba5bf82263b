import { problemOf } from "../../graphql/errors";
import { plural } from "../../lib/numbers";
import { StatusIcon } from "../../ui/StatusIcon";
import { Time } from "../../ui/Time";
import { CureText } from "./CureText";
import { useRefusals } from "./useRefusals";

/** Why a device got no enrollment profile, and what to do. Nothing when it never was refused. */
export function DeviceRefusals({ serialNumber }: { serialNumber: string }) {
  const { refusals, error } = useRefusals(serialNumber);
  if (!refusals) return error ? <p className="text-bad-fg">Refusals did not load. {problemOf(error).message}</p> : null;
  if (refusals.length === 0) return null;
  return (
    <section aria-label="Refusals" className="grid gap-2">
      <p className="text-fg-2 text-hint">Refused requests with this serial number</p>
      <ul className="grid gap-3">
        {refusals.map(({ id, code, message, count, lastAt }) => (
          <li key={id} className="grid gap-0.5">
            <div className="flex flex-wrap items-start justify-between gap-x-3">
              <span className="inline-flex items-center gap-1.5 font-medium text-bad-fg">
                <StatusIcon shape="octagon" tone="bad" />
                <code className="font-mono text-serial wrap-anywhere">{code}</code>
              </span>
              <span className="text-fg-2">
                <Time value={lastAt} />
              </span>
            </div>
            <p className="text-fg-2 text-pretty">
              {message} <CureText code={code} />
            </p>
            {count > 1 && <p className="text-fg-3 text-hint">{plural(count, "request")}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
