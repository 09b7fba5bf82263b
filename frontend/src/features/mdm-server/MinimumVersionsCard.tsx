import { Link } from "@tanstack/react-router";
import { Card } from "../../ui/Card";
import { textLink } from "../../ui/textLink";
import { wordFor } from "../../ui/vocabulary";
import type { ProfileMinimumOs } from "./server";

/** Which profiles have devices update before they enroll. */
export function MinimumVersionsCard({ profiles }: { profiles: readonly ProfileMinimumOs[] }) {
  const asking = profiles.filter(({ minimumOS }) => minimumOS.length > 0);
  return (
    <Card title="Minimum OS">
      {asking.length > 0 ? (
        <ul className="grid gap-2">
          {asking.map(({ id, name, minimumOS }) => (
            <li key={id}>
              <Link to="/profiles/$profileId" params={{ profileId: id }} className={textLink}>
                {name}
              </Link>
              <p className="text-fg-2">
                {minimumOS.map(({ platform, version }) => `${wordFor("platform", platform)} ${version}`).join(", ")}
              </p>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-fg-2">No profile asks for one: devices enroll with whatever they have.</p>
      )}
      <p className="text-fg-3 text-hint">Each ADE profile has its own. An older device is sent to update first.</p>
    </Card>
  );
}
