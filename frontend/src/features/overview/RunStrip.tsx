import { Link } from "@tanstack/react-router";
import { clsx } from "clsx";
import { formatCount, plural, signed } from "../../lib/numbers";
import { dateTime, duration } from "../../lib/time";
import { useNow } from "../../lib/useNow";
import { Time } from "../../ui/Time";
import { statusOf } from "../../ui/vocabulary";
import { lengthOf } from "../sync/syncGroup";
import { type RecentRun, runBars, stripLength } from "./recentRuns";

const step = 8; // from bar to bar, in units of the drawing
const barWidth = 6;
const height = 28;

/** The last runs as bars: the longer a run took, the higher. Who does not see it reads the same as a table. */
export function RunStrip({ runs }: { runs: readonly RecentRun[] }) {
  const now = useNow();
  const bars = runBars(runs, now);
  const [oldest, newest] = [bars[0], bars.at(-1)];
  if (!oldest || !newest) return null;
  const failed = bars.filter(({ run }) => run.status === "FAILED");
  return (
    <figure className="relative grid gap-1">
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${stripLength * step} ${height}`}
        preserveAspectRatio="none"
        className="h-7 w-full border-border border-b"
      >
        {bars.map(({ run, place, height: part }) => (
          // By keyboard the runs are reached from the history, which has all of them.
          <Link key={run.id} to="/sync/$runId" params={{ runId: run.id }} tabIndex={-1} className="group">
            <title>{`${dateTime(run.startedAt, now, { seconds: true })}: ${inWords(run, now)}`}</title>
            <rect x={place * step} y={0} width={step} height={height} className="fill-transparent" />
            <rect
              x={place * step}
              y={height * (1 - part)}
              width={barWidth}
              height={height * part}
              rx={1}
              className={clsx(fillOf(run), "group-hover:opacity-70")}
            />
          </Link>
        ))}
      </svg>
      <figcaption className="flex justify-between gap-2 text-badge text-fg-3">
        {/* A few runs stand at the right: their first is not where the strip begins. */}
        <span>{oldest.place < stripLength / 2 && <Time value={oldest.run.startedAt} />}</span>
        {failed.length > 0 && <span className="text-bad-fg">{failureNote(failed.map(({ run }) => run))}</span>}
        <Time value={newest.run.startedAt} />
      </figcaption>
      {/* A table is never narrower than its words: the box around it is. */}
      <div className="sr-only">
        <Table runs={bars.map(({ run }) => run)} now={now} />
      </div>
    </figure>
  );
}

function fillOf(run: RecentRun): string {
  if (run.status === "FAILED") return "fill-bad";
  if (run.status === "RUNNING") return "fill-info";
  if (run.status === "CANCELED") return "fill-muted";
  return run.full ? "fill-violet" : "fill-accent-line";
}

function failureNote(failed: readonly RecentRun[]) {
  return (
    <>
      {formatCount(failed.length)} failed
      {failed.length === 1 && failed[0] && (
        <>
          {" at "}
          <Time value={failed[0].startedAt} />
        </>
      )}
    </>
  );
}

function inWords(run: RecentRun, now: number): string {
  const parts = [
    statusOf("syncRun", run.status).word,
    ...(run.full ? ["full"] : []),
    duration(lengthOf(run, now)),
    `${signed(run.added)} added`,
    `${formatCount(run.modified)} changed`,
    `${formatCount(run.removed)} removed`,
  ];
  return parts.join(", ");
}

function Table({ runs, now }: { runs: readonly RecentRun[]; now: number }) {
  return (
    <table>
      <caption>The last {plural(runs.length, "sync run")}, oldest first</caption>
      <thead>
        <tr>
          <th scope="col">Started</th>
          <th scope="col">Result</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <tr key={run.id}>
            <th scope="row">{dateTime(run.startedAt, now, { seconds: true })}</th>
            <td>{inWords(run, now)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
