import { Link, type LinkProps } from "@tanstack/react-router";
import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import { SyncPill } from "../sync/SyncPill";
import { LiveDot } from "./LiveDot";
import { Notices } from "./Notices";

export type PageProps = {
  /** The page's h1, at the end of the breadcrumb. */
  title: string;
  /** For the window's title, where the page is more than its h1: "ABM devices, 9,316". */
  windowTitle?: string;
  /** What it is a part of; an area of the navigation is no page, and leads nowhere. */
  crumbs?: readonly { label: string; to?: NonNullable<LinkProps["to"]> }[];
  /** A short state of the page, right of its title. */
  state?: React.ReactNode;
  /** At most two. */
  actions?: React.ReactNode;
  /** The content fills the window and scrolls inside, as the device table does; the page scrolls where that is too little. */
  fills?: boolean;
  children: React.ReactNode;
};

/** A page: its top bar and its content. */
export function Page({ title, windowTitle = title, crumbs = [], state, actions, fills = false, children }: PageProps) {
  return (
    <>
      <title>{`${windowTitle} · GuardMDM`}</title>
      <header className="sticky top-0 z-10 flex min-h-12 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-border border-b bg-bg px-4 py-2 sm:px-6">
        <nav aria-label="Breadcrumb" className="flex min-w-0 items-center gap-1">
          {crumbs.map((crumb) => (
            <span key={crumb.label} className="hidden shrink-0 items-center gap-1 text-crumb sm:flex">
              {crumb.to ? (
                <Link to={crumb.to} className="rounded-badge py-0.5 font-normal text-fg-2 hover:text-fg">
                  {crumb.label}
                </Link>
              ) : (
                <span className="font-normal text-fg-2">{crumb.label}</span>
              )}
              <ChevronRight aria-hidden className="size-4 text-fg-3" />
            </span>
          ))}
          <h1 className="truncate text-crumb">{title}</h1>
        </nav>
        {state && <div className="hidden truncate text-fg-3 text-hint sm:block">{state}</div>}
        <div className="ml-auto flex items-center gap-3">
          <LiveDot />
          <SyncPill />
          {actions}
        </div>
      </header>
      <Notices />
      <main
        id="content"
        tabIndex={-1}
        className={clsx("w-full flex-1 outline-none", fills ? "flex flex-col" : "mx-auto max-w-420 p-4 sm:p-6")}
      >
        {children}
      </main>
    </>
  );
}
