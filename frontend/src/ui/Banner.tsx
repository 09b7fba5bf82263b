const tones = {
  info: "border-info-line bg-info-soft text-info-fg",
  warn: "border-warn-line bg-warn-soft text-warn-fg",
  bad: "border-bad-line bg-bad-soft text-bad-fg",
};

/** A message inside of a page, with the action that mends it. */
export function Banner(props: { tone: keyof typeof tones; action?: React.ReactNode; children: React.ReactNode }) {
  return (
    <div
      className={`flex flex-wrap items-center justify-between gap-2 rounded-control border px-3 py-2 ${tones[props.tone]}`}
    >
      <p>{props.children}</p>
      {props.action}
    </div>
  );
}
