import { clsx } from "clsx";
import { Check } from "lucide-react";
import { useQuery } from "urql";
import { Mark } from "../../ui/Mark";
import { InstanceDocument } from "../session/session";
import { ThemeMenu } from "../session/ThemeMenu";
import { UpdateNotice } from "../shell/UpdateNotice";

const steps = ["Create admin", "Choose a start", "First sync"];

type SetupFrameProps = { title: string; step: 1 | 2; children: React.ReactNode };

/** The pages of the first run, with the way through them in the top bar. */
export function SetupFrame({ title, step, children }: SetupFrameProps) {
  const [{ data }] = useQuery({ query: InstanceDocument });
  return (
    <div className="min-h-dvh">
      <title>{`${title} · GuardMDM`}</title>
      <header className="grid min-h-16 grid-cols-[1fr_auto] items-center gap-x-4 gap-y-3 border-border border-b px-4 py-3 sm:px-8 lg:grid-cols-[1fr_auto_1fr]">
        <div className="flex items-center gap-2">
          <Mark className="size-7" />
          <span className="text-crumb">GuardMDM</span>
        </div>
        <ol aria-label="First run" className="flex gap-5 max-lg:order-last max-lg:col-span-2">
          {steps.map((label, index) => (
            <Step key={label} number={index + 1} current={step} label={label} />
          ))}
        </ol>
        <div className="flex items-center justify-end gap-3 text-fg-3 text-hint">
          {data && <span className="max-sm:hidden">Version {data.instance.version}</span>}
          <ThemeMenu />
        </div>
      </header>
      <UpdateNotice />
      <main className="mx-auto w-full max-w-272 px-4 py-8 sm:px-8 sm:py-14">{children}</main>
    </div>
  );
}

function Step({ number, current, label }: { number: number; current: number; label: string }) {
  const done = number < current;
  const here = number === current;
  return (
    <li aria-current={here ? "step" : undefined} className="flex items-center gap-2">
      <span
        aria-hidden
        className={clsx(
          "grid size-6 shrink-0 place-items-center rounded-full border font-semibold text-hint",
          done && "border-ok bg-ok text-surface",
          here && "border-ink bg-ink text-on-ink",
          !done && !here && "border-border-control text-fg-2",
        )}
      >
        {done ? <Check className="size-3.5" strokeWidth={2.5} /> : number}
      </span>
      <span className={clsx(here ? "font-semibold" : "text-fg-3 max-sm:sr-only")}>{label}</span>
      {done && <span className="sr-only">, done</span>}
    </li>
  );
}
