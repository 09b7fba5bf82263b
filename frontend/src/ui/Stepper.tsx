import { useRender } from "@base-ui/react/use-render";
import { clsx } from "clsx";
import { Check } from "lucide-react";

export type Step = {
  title: string;
  description?: string | undefined;
  state: "done" | "current" | "todo";
  /** The link that the step is: an element without content. */
  render?: React.ReactElement | undefined;
};

export type StepperProps = { /** The accessible name. */ label?: string; steps: readonly Step[] };

const marks: Record<Step["state"], string> = {
  done: "border-ok bg-ok text-surface",
  current: "border-ink bg-ink text-on-ink",
  todo: "border-border-control bg-surface text-fg-2",
};

/** The way through a wizard: a column with titles; on a phone a row where only the present step has its title. */
export function Stepper({ label = "Steps", steps }: StepperProps) {
  return (
    <ol aria-label={label} className="flex items-center gap-2 sm:grid sm:gap-0">
      {steps.map((step, index) => (
        <li
          key={step.title}
          aria-current={step.state === "current" ? "step" : undefined}
          className={clsx("relative sm:pb-6 sm:last:pb-0", step.state === "current" && "min-w-0 flex-1")}
        >
          {index < steps.length - 1 && (
            <span
              aria-hidden
              className={clsx(
                "absolute top-7 bottom-0 left-3.5 w-px max-sm:hidden",
                step.state === "done" ? "bg-ok" : "bg-border-control",
              )}
            />
          )}
          <Face step={step} number={index + 1} />
        </li>
      ))}
    </ol>
  );
}

const face = "flex min-w-0 items-center gap-2 sm:items-start sm:gap-3";

function Face({ step, number }: { step: Step; number: number }) {
  const content = (
    <>
      <span
        aria-hidden
        className={clsx(
          "flex size-7 shrink-0 items-center justify-center rounded-full border font-semibold",
          marks[step.state],
        )}
      >
        {step.state === "done" ? <Check className="size-4" strokeWidth={2} /> : number}
      </span>
      <span className={clsx("grid min-w-0 sm:pt-1", step.state !== "current" && "max-sm:sr-only")}>
        <span className={clsx("font-[550] group-hover:underline", step.state === "todo" ? "text-fg-2" : "text-fg")}>
          {step.title}
          {step.state === "done" && <span className="sr-only">, done</span>}
        </span>
        <span className="text-fg-3 text-hint max-sm:hidden">{step.description}</span>
      </span>
    </>
  );
  return step.render ? <FaceLink link={step.render}>{content}</FaceLink> : <span className={face}>{content}</span>;
}

function FaceLink({ link, children }: { link: React.ReactElement; children: React.ReactNode }) {
  return useRender({
    render: link,
    props: {
      className: clsx("group relative rounded-control max-sm:after:absolute max-sm:after:-inset-2", face),
      children,
    },
  });
}
