import { clsx } from "clsx";
import { StatusIcon } from "./StatusIcon";
import { type StatusKind, type StatusShape, statusOf, type Tone } from "./vocabulary";

export type { Tone } from "./vocabulary";

const shapeOf: Record<Tone, StatusShape> = {
  ok: "check",
  info: "spinner",
  warn: "triangle",
  bad: "octagon",
  muted: "circle",
};

// Only what needs work is coloured: a table of healthy rows stays calm.
const textColors: Record<Tone, string> = {
  ok: "text-fg",
  info: "text-fg",
  warn: "text-warn-fg",
  bad: "text-bad-fg",
  muted: "text-fg-2",
};

export type StatusProps = { kind: StatusKind; value: string } | { tone: Tone; label: string };

/** A state as icon and word: one of the vocabulary, or a tone with a word of its own. */
export function Status(props: StatusProps) {
  const { word, tone, shape } =
    "kind" in props
      ? statusOf(props.kind, props.value)
      : { word: props.label, tone: props.tone, shape: shapeOf[props.tone] };
  return (
    <span className={clsx("inline-flex items-center gap-1.5 whitespace-nowrap align-top", textColors[tone])}>
      <StatusIcon shape={shape} tone={tone} />
      {word}
    </span>
  );
}
