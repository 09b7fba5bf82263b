import { clsx } from "clsx";
import { CircleAlert, Info, TriangleAlert } from "lucide-react";

const tones = {
  info: { box: "border-info-line bg-info-soft", icon: "text-info-fg", Icon: Info },
  warn: { box: "border-warn-line bg-warn-soft", icon: "text-warn-fg", Icon: TriangleAlert },
  bad: { box: "border-bad-line bg-bad-soft", icon: "text-bad-fg", Icon: CircleAlert },
};

export type BannerProps = {
  tone: keyof typeof tones;
  title?: string;
  action?: React.ReactNode;
  children?: React.ReactNode;
};

/** A message inside of a page: what happened, why, and the action that mends it. */
export function Banner({ tone, title, action, children }: BannerProps) {
  const { box, icon, Icon } = tones[tone];
  return (
    <div className={clsx("flex flex-wrap items-start gap-x-4 gap-y-2 rounded-card border px-4 py-3", box)}>
      <div className="flex min-w-0 flex-1 basis-60 gap-3">
        <Icon aria-hidden className={clsx("mt-0.5 size-4 shrink-0", icon)} strokeWidth={1.75} />
        <div className="min-w-0">
          {title && <p className="font-semibold text-fg">{title}</p>}
          {children && <div className="text-fg-2">{children}</div>}
        </div>
      </div>
      {action}
    </div>
  );
}
