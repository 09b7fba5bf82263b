import { clsx } from "clsx";

// Drawn on Lucide's grid of 24, in its line.
const iPhone = (
  <>
    <rect x="7" y="2" width="10" height="20" rx="2.5" />
    <path d="M11 5h2" />
  </>
);
const iPad = (
  <>
    <rect x="4" y="2.5" width="16" height="19" rx="2.5" />
    <path d="M10.5 18.5h3" />
  </>
);
const mac = (
  <>
    <rect x="4" y="5" width="16" height="11" rx="2" />
    <path d="M2 19.5h20" />
  </>
);
const appleTV = (
  <>
    <rect x="2" y="4" width="20" height="13" rx="2" />
    <path d="M8 21h8" />
  </>
);
const visionPro = (
  <path d="M5 7h14a3.5 3.5 0 0 1 3.5 3.5V13a4 4 0 0 1-4 4h-.8c-1.4 0-2.4-.6-3.2-1.3-.8-.6-1.5-1.2-2.5-1.2s-1.7.6-2.5 1.2c-.8.7-1.8 1.3-3.2 1.3h-.8a4 4 0 0 1-4-4v-2.5A3.5 3.5 0 0 1 5 7z" />
);
const watch = (
  <>
    <rect x="6" y="6" width="12" height="12" rx="3.5" />
    <path d="M8.8 6l.7-4h5l.7 4M8.8 18l.7 4h5l.7-4" />
  </>
);
const unknown = (
  <>
    <rect x="4" y="4" width="16" height="16" rx="3" />
    <path d="M9.8 9.6a2.3 2.3 0 1 1 3.4 2c-.8.5-1.2.9-1.2 1.8M12 16.4v.1" />
  </>
);

const glyphs = new Map([
  ["IOS", iPhone],
  ["IPADOS", iPad],
  ["MACOS", mac],
  ["TVOS", appleTV],
  ["VISIONOS", visionPro],
  ["WATCHOS", watch],
]);

export type PlatformIconProps = { platform: string; className?: string };

/** The outline of a platform's device, 16 px. The platform's name stands beside it. */
export function PlatformIcon({ platform, className = "size-4" }: PlatformIconProps) {
  return (
    <svg
      aria-hidden="true"
      className={clsx("shrink-0", className)}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {glyphs.get(platform) ?? unknown}
    </svg>
  );
}
