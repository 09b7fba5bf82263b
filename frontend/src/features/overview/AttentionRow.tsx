import { StatusIcon } from "../../ui/StatusIcon";
import { type StatusKind, statusOf } from "../../ui/vocabulary";

type AttentionRowProps = {
  status: { kind: StatusKind; value: string };
  title: string;
  text: string;
  /** What mends it, the most likely one last, at the edge of the row. */
  children: React.ReactNode;
};

/** One thing that needs somebody. */
export function AttentionRow({ status, title, text, children }: AttentionRowProps) {
  const { tone, shape } = statusOf(status.kind, status.value);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-border border-b px-4 py-3 last:border-b-0">
      <div className="flex min-w-0 flex-1 basis-72 gap-3">
        <StatusIcon shape={shape} tone={tone} className="mt-0.5 size-4" />
        <div className="min-w-0">
          <h3 className="font-semibold wrap-anywhere">{title}</h3>
          <p className="text-fg-2 wrap-anywhere">{text}</p>
        </div>
      </div>
      <div className="flex items-center gap-2 max-sm:w-full max-sm:flex-col max-sm:items-stretch">{children}</div>
    </li>
  );
}
