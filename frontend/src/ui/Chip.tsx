import { clsx } from "clsx";
import { StatusIcon } from "./StatusIcon";
import { type StatusKind, statusOf, type Tone } from "./vocabulary";

export type ChipTone = Tone | "violet" | "teal";

const tones: Record<ChipTone, string> = {
  ok: "bg-ok-soft text-ok-fg",
  info: "bg-info-soft text-info-fg",
  warn: "bg-warn-soft text-warn-fg",
  bad: "bg-bad-soft text-bad-fg",
  muted: "bg-muted-soft text-muted-fg",
  violet: "bg-violet-soft text-violet-fg",
  teal: "bg-teal-soft text-teal-fg",
};

export type ChipProps = { tone: ChipTone; icon?: React.ReactNode; children: React.ReactNode };

/** A pill, 20 px: the state of one object in a header or a card. */
export function Chip({ tone, icon, children }: ChipProps) {
  return (
    <span
      className={clsx(
        "inline-flex h-5 shrink-0 items-center gap-1 whitespace-nowrap rounded-full px-2 text-badge",
        tones[tone],
      )}
    >
      {icon}
      {children}
    </span>
  );
}

export type StatusChipProps = {
  kind: StatusKind;
  value: string;
  /** In place of the word of the vocabulary: "Expires in 12 days". */
  children?: React.ReactNode;
};

/** A status of the vocabulary as a pill. */
export function StatusChip({ kind, value, children }: StatusChipProps) {
  const { word, tone, shape } = statusOf(kind, value);
  return (
    <Chip tone={tone} icon={<StatusIcon shape={shape} tone={tone} className="size-3" />}>
      {children ?? word}
    </Chip>
  );
}
