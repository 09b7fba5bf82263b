import { Link } from "@tanstack/react-router";
import { clsx } from "clsx";
import { useQuery } from "urql";
import { plural } from "../../lib/numbers";
import { RuleCountsDocument } from "./defaults";

const context = { additionalTypenames: ["Device", "DefaultADEProfile", "DeviceGroup"] };

/** In which order the rules are asked, and how many devices each decides for. */
export function RuleOrder({ abmTokenId }: { abmTokenId: string | undefined }) {
  const [{ data }] = useQuery({
    query: RuleCountsDocument,
    variables: abmTokenId === undefined ? {} : { abmTokenId },
    context,
  });
  const steps = [
    { source: "DEVICE", title: "Device", count: data?.own.totalCount, unit: "set on the device" },
    { source: "GROUP", title: "Group", count: data?.group.totalCount, unit: "first group with a profile" },
    {
      source: "PLATFORM_DEFAULT",
      title: "OS default",
      count: data?.byDefault.totalCount,
      unit: "by platform",
      here: true,
    },
    { source: "NONE", title: "Unassigned", count: data?.none.totalCount, unit: "no rule names one" },
  ];
  return (
    <ol
      aria-label="What decides a device's profile, first to last"
      className="grid gap-2 sm:grid-cols-2 xl:grid-cols-4"
    >
      {steps.map(({ source, title, count, unit, here = false }, place) => (
        <li
          key={source}
          aria-current={here ? "step" : undefined}
          className={clsx(
            "relative flex items-center gap-3 rounded-card border px-3 py-2",
            here ? "border-accent-line bg-accent-soft" : "border-border bg-surface",
          )}
        >
          <span
            aria-hidden
            className={clsx(
              "grid size-6 shrink-0 place-items-center rounded-full font-semibold text-hint",
              here ? "bg-accent text-surface" : "bg-active text-fg-2",
            )}
          >
            {place + 1}
          </span>
          <span className="min-w-0">
            <Link
              to="/devices"
              search={{ source }}
              className="rounded-badge font-medium after:absolute after:inset-0 hover:underline"
            >
              {title}
            </Link>
            <span className="block text-fg-2 text-hint">
              {count === undefined ? unit : `${plural(count, "device")}, ${unit}`}
            </span>
          </span>
        </li>
      ))}
    </ol>
  );
}
