import { clsx } from "clsx";
import { Check } from "lucide-react";
import { Button } from "../../ui/Button";
import { wordFor } from "../../ui/vocabulary";
import { type ExplanationStep, ladderOf, type Rung } from "./deviceProfile";

type ProfileLadderProps = {
  steps: readonly ExplanationStep[];
  /** Left out for those who may not. */
  onSet: (() => void) | undefined;
  onRemove: (() => void) | undefined;
};

/** The rules in the order in which they are asked: the first with a profile decides, and those after it are struck through. */
export function ProfileLadder({ steps, onSet, onRemove }: ProfileLadderProps) {
  const ladder = ladderOf(steps);
  return (
    <ol className="relative grid gap-1 before:absolute before:inset-y-6 before:left-4 before:w-px before:bg-border-2">
      {ladder.map((rung) => (
        <li
          key={rung.source}
          aria-current={rung.state === "decides" ? "true" : undefined}
          className={clsx(
            "relative grid grid-cols-[1rem_minmax(0,1fr)_auto] items-start gap-x-3 rounded-card border px-2 py-1.5 sm:grid-cols-[1rem_6rem_minmax(0,1fr)_auto]",
            rung.state === "decides" ? "border-accent-line bg-accent-soft" : "border-transparent",
          )}
        >
          <Mark state={rung.state} />
          <span className={clsx(rung.state === "decides" ? "font-semibold" : "text-fg-2")}>
            {rung.source === "NONE" ? "Unassigned" : wordFor("profileSource", rung.source)}
          </span>
          <span className="grid min-w-0 gap-1 max-sm:col-start-2 max-sm:row-start-2">
            {rung.steps.length === 0 && <span className="text-fg-3">{emptyText(rung)}</span>}
            {rung.steps.map((step) => (
              <Step key={`${step.deviceGroup?.id} ${step.abmToken?.id} ${step.text}`} step={step} />
            ))}
          </span>
          {rung.source === "DEVICE" && (
            <span className="row-start-1 [grid-column:3] sm:[grid-column:4]">
              {rung.state === "decides"
                ? onRemove && (
                    <Button size="tiny" variant="ghost" aria-label="Remove the device's own profile" onClick={onRemove}>
                      Remove
                    </Button>
                  )
                : onSet && (
                    <Button size="tiny" variant="ghost" aria-label="Set a profile on this device" onClick={onSet}>
                      Set
                    </Button>
                  )}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

function emptyText({ source, state }: Rung): string {
  if (source === "NONE") return state === "decides" ? "No rule names a profile" : "Only when no rule names a profile";
  return "Nothing set";
}

/** What one rule says, in the server's words, and the profile that it names. */
function Step({ step: { text, verdict, adeProfile } }: { step: ExplanationStep }) {
  return (
    <span className="flex min-w-0 flex-wrap items-baseline justify-between gap-x-3">
      <span className={clsx("min-w-0 wrap-anywhere", verdict === "NOTHING_SET" ? "text-fg-3" : "text-fg-2")}>
        {text}
      </span>
      {adeProfile &&
        (verdict === "OVERRULED" ? (
          <s className="wrap-anywhere text-fg-3">
            <span className="sr-only">Does not apply: </span>
            {adeProfile.name}
          </s>
        ) : (
          <b className="wrap-anywhere font-semibold">{adeProfile.name}</b>
        ))}
    </span>
  );
}

function Mark({ state }: { state: Rung["state"] }) {
  return (
    <span
      aria-hidden
      className={clsx(
        "mt-0.5 grid size-4 place-items-center rounded-full border",
        state === "decides" ? "border-accent bg-accent text-surface" : "bg-surface",
        state === "overruled" && "border-border-control border-dashed",
        state === "empty" && "border-border-control",
      )}
    >
      {state === "decides" && <Check className="size-3" strokeWidth={3} />}
    </span>
  );
}
