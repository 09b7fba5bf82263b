import { Link } from "@tanstack/react-router";
import { Ellipsis, History, LayoutDashboard, MonitorSmartphone, Stethoscope } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { loadPart } from "../../lib/loadPart";
import { Problems } from "./Problems";
import { TokenProblems } from "./TokenProblems";

const tab =
  "relative flex -outline-offset-2 min-h-14 flex-1 flex-col items-center justify-center gap-0.5 text-fg-3 text-badge aria-[current=page]:text-fg aria-expanded:text-fg";
const MoreSheet = lazy(() => loadPart(() => import("./MoreSheet")).then((module) => ({ default: module.MoreSheet })));

const tabs = [
  { to: "/", label: "Overview", icon: LayoutDashboard },
  { to: "/devices", label: "Devices", icon: MonitorSmartphone },
  { to: "/sync", label: "Sync", icon: History },
] as const;

/** The navigation of phones. */
export function BottomBar({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }) {
  const [more, setMore] = useState(false);
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 flex border-border border-t bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      {tabs.map(({ to, label, icon: Icon }) => (
        <Link key={to} to={to} activeOptions={{ exact: to === "/", includeSearch: false }} className={tab}>
          <Icon aria-hidden className="size-5" strokeWidth={1.75} />
          {label}
        </Link>
      ))}
      <Link to="/troubleshooting" activeOptions={{ includeSearch: false }} className={tab}>
        <Stethoscope aria-hidden className="size-5" strokeWidth={1.75} />
        Problems
        <span className="absolute top-1 left-1/2 ml-1.5">
          <Problems />
        </span>
      </Link>
      <button type="button" className={tab} aria-haspopup="dialog" aria-expanded={more} onClick={() => setMore(true)}>
        <Ellipsis aria-hidden className="size-5" />
        More
        <span className="absolute top-1 left-1/2 ml-1.5">
          <TokenProblems />
        </span>
      </button>
      {more && (
        <Suspense>
          <MoreSheet onClose={() => setMore(false)} onSearch={onSearch} onHelp={onHelp} />
        </Suspense>
      )}
    </nav>
  );
}
