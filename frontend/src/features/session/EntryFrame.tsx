import { LockKeyhole } from "lucide-react";
import { Mark } from "../../ui/Mark";
import { UpdateNotice } from "../shell/UpdateNotice";

type EntryFrameProps = {
  title: string;
  /** The server's version, once it is known. */
  version: string | undefined;
  children: React.ReactNode;
};

/** A page in front of the dashboard: a mark, a title, and one card. */
export function EntryFrame({ title, version, children }: EntryFrameProps) {
  return (
    <div className="flex min-h-dvh flex-col items-center px-4 py-8">
      <UpdateNotice />
      <title>{`${title} · GuardMDM`}</title>
      <main className="my-auto grid w-full max-w-100 gap-6">
        <header className="grid justify-items-center gap-4 text-center">
          <Mark />
          <div className="min-w-0">
            <h1 className="text-page">{title}</h1>
            <p className="text-fg-3 wrap-anywhere">{location.host}</p>
          </div>
        </header>
        <div className="rounded-dialog border border-border bg-surface p-6 shadow-popover">{children}</div>
        <p className="flex items-center justify-center gap-2 text-fg-3 text-hint">
          <LockKeyhole aria-hidden className="size-4" strokeWidth={1.75} />
          Sessions last 12 hours.
        </p>
      </main>
      <footer className="min-h-4 pt-6 text-fg-3 text-hint">{version && `Version ${version}`}</footer>
    </div>
  );
}
