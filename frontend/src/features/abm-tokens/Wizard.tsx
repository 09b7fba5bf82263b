import { ArrowLeft, Bookmark } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "../../ui/Button";
import { Stepper } from "../../ui/Stepper";

const order = ["1", "2", "3", "4"] as const;

export type Step = (typeof order)[number];

/** The link to a step: each is a URL. */
export type StepLink = (step: Step) => React.ReactElement;

export type WizardProps = {
  /** Titles and places of the four steps. */
  steps: readonly { title: string; description: string }[];
  step: Step;
  /** All four are done. */
  finished?: boolean;
  heading: string;
  intro?: React.ReactNode;
  children: React.ReactNode;
  /** The way back to the steps before; absent where there is none. */
  stepLink?: StepLink | undefined;
  /** A word beside the action. */
  note?: string;
  /** The one way on. */
  action?: React.ReactNode;
};

/** The frame of a step: the way on the left, what to do now on the right. */
export function Wizard({ steps, step, finished = false, ...props }: WizardProps) {
  const { stepLink, heading, intro, children, note, action } = props;
  const current = order.indexOf(step);
  const linkBefore = (place: number) => {
    const to = finished || place >= current ? undefined : order[place];
    return to && stepLink?.(to);
  };
  const back = linkBefore(current - 1);
  return (
    <div className="grid items-start gap-6 md:grid-cols-[13rem_minmax(0,1fr)] lg:grid-cols-[15rem_minmax(0,1fr)]">
      <div className="grid gap-6">
        <Stepper
          steps={steps.map((each, index) => ({
            ...each,
            state: finished || index < current ? "done" : index === current ? "current" : "todo",
            render: linkBefore(index),
          }))}
        />
        <p className="flex gap-2 text-fg-3 text-hint max-md:hidden">
          <Bookmark aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
          Saved as you go. You can close this page and come back.
        </p>
      </div>
      <section aria-label={heading} className="rounded-dialog border border-border bg-surface sm:rounded-card">
        <div className="grid gap-6 p-4 sm:p-6">
          <div>
            <StepHeading key={step}>{heading}</StepHeading>
            {intro && <div className="text-fg-2">{intro}</div>}
          </div>
          {children}
        </div>
        {(back ?? action) && (
          <div className="flex flex-wrap items-center gap-3 border-border border-t px-4 py-3 sm:px-6">
            {back && (
              <Button
                variant="ghost"
                icon={<ArrowLeft aria-hidden className="size-4" strokeWidth={1.75} />}
                render={back}
              >
                Back
              </Button>
            )}
            <div className="ml-auto flex flex-wrap items-center justify-end gap-3">
              {note && <span className="text-fg-3 text-hint max-sm:hidden">{note}</span>}
              {action}
            </div>
          </div>
        )}
      </section>
    </div>
  );
}

/** Takes the focus when its step begins, so that a screen reader reads on from there. */
function StepHeading({ children }: { children: React.ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h2 ref={heading} tabIndex={-1} className="text-page outline-none">
      {children}
    </h2>
  );
}
