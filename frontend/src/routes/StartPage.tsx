import { HealthCard } from "../features/health/HealthCard";
import { NextSteps } from "../features/start/NextSteps";
import { Mark } from "../ui/Mark";

/** The first page: the server lives, and what to do with it. */
export function StartPage() {
  return (
    <main className="mx-auto grid w-full max-w-2xl gap-4 px-4 py-8 sm:px-6 sm:py-16">
      <header className="mb-4 flex items-center gap-3">
        <Mark />
        <div>
          <h1 className="text-first-run">GuardMDM</h1>
          <p className="text-fg-2">Apple Business Manager to devices, live.</p>
        </div>
      </header>
      <HealthCard />
      <NextSteps />
    </main>
  );
}
