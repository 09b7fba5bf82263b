import { clsx } from "clsx";
import type { StatusShape, Tone } from "./vocabulary";

const colors: Record<Tone, string> = {
  ok: "text-ok",
  info: "text-info",
  warn: "text-warn",
  bad: "text-bad",
  muted: "text-muted",
};

// Filled shapes carry their sign in the colour of the surface; the rest are lines.
const shapes: Record<StatusShape, React.ReactNode> = {
  check: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" stroke="none" />
      <path className="stroke-surface" d="M4.8 8.3l2.2 2.2 4.2-4.6" />
    </>
  ),
  triangle: (
    <>
      <path fill="currentColor" strokeWidth="1.25" d="M8 2l6.2 11.5H1.8z" />
      <path className="stroke-surface" d="M8 6.2v3.2M8 11.6v.1" />
    </>
  ),
  octagon: (
    <>
      <path fill="currentColor" stroke="none" d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" />
      <path className="stroke-surface" d="M8 4.5v4M8 11.3v.1" />
    </>
  ),
  spinner: (
    <g className="origin-center motion-safe:animate-spin">
      <circle cx="8" cy="8" r="6" opacity="0.3" />
      <path d="M8 2a6 6 0 0 1 6 6" />
    </g>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="6.25" />
      <path d="M8 4.8V8l2.2 1.4" />
    </>
  ),
  circle: <circle cx="8" cy="8" r="6" />,
  minus: (
    <>
      <circle cx="8" cy="8" r="6.25" />
      <path d="M5.5 8h5" />
    </>
  ),
  plus: (
    <>
      <circle cx="8" cy="8" r="6.25" />
      <path d="M8 5.2v5.6M5.2 8h5.6" />
    </>
  ),
  back: <path d="M5.6 3L2.5 6.2l3.1 3.2M2.9 6.2h6.6a3.5 3.5 0 0 1 0 7H6" />,
  move: <path d="M2 8h11.5M9.5 3.8L13.7 8l-4.2 4.2" />,
  pencil: <path d="M10.6 3l2.4 2.4-7.6 7.6-3 .6.6-3z" />,
  differs: (
    <>
      <circle cx="8" cy="8" r="6.25" />
      <path d="M5.2 6.6h5.6M5.2 9.4h5.6M9.4 4.8L6.6 11.2" />
    </>
  ),
  dashed: <circle cx="8" cy="8" r="6.25" strokeDasharray="2.4 2.5" />,
  half: (
    <>
      <circle cx="8" cy="8" r="6.25" />
      <path fill="currentColor" stroke="none" d="M8 4a4 4 0 0 1 0 8z" />
    </>
  ),
  most: (
    <>
      <circle cx="8" cy="8" r="6.25" />
      <path fill="currentColor" stroke="none" d="M8 8V4a4 4 0 1 1-4 4z" />
    </>
  ),
  slash: (
    <>
      <circle cx="8" cy="8" r="6.25" />
      <path d="M3.8 12.2l8.4-8.4" />
    </>
  ),
};

export type StatusIconProps = { shape: StatusShape; tone: Tone; className?: string };

/** The icon of a status, 16 px. A word says the same beside it. */
export function StatusIcon({ shape, tone, className = "size-4" }: StatusIconProps) {
  return (
    <svg
      aria-hidden="true"
      className={clsx("shrink-0", colors[tone], className)}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {shapes[shape]}
    </svg>
  );
}
