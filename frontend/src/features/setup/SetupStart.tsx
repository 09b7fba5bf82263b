import { Link } from "@tanstack/react-router";
import {
  ArrowLeftRight,
  ArrowRight,
  Container,
  ExternalLink,
  FlaskConical,
  Link2,
  ShieldCheck,
  UserRoundCheck,
} from "lucide-react";
import { useQuery } from "urql";
import { problemOf } from "../../graphql/errors";
import { Button } from "../../ui/Button";
import { CopyText } from "../../ui/CopyText";
import { ErrorState } from "../../ui/ErrorState";
import { Skeleton } from "../../ui/Skeleton";
import { InstanceDocument } from "../session/session";
import { SetupFrame } from "./SetupFrame";
import { StartCard } from "./StartCard";

/** What to do with a new server. */
export function SetupStart() {
  const [{ data, error }, ask] = useQuery({ query: InstanceDocument });
  const instance = data?.instance;
  return (
    <SetupFrame title="Choose a start" step={2}>
      {instance?.viewer ? (
        <Choice name={instance.viewer.name} portalUrl={instance.simulatedPortalUrl} />
      ) : (
        <>
          <h1 className="sr-only">Choose a start</h1>
          {error ? (
            <ErrorState {...problemOf(error)} onRetry={() => ask({ requestPolicy: "network-only" })} />
          ) : (
            <Skeleton rows={6} />
          )}
        </>
      )}
    </SetupFrame>
  );
}

const small = { "aria-hidden": true, className: "size-4", strokeWidth: 1.75 } as const;

function Choice({ name, portalUrl }: { name: string; portalUrl: string | null | undefined }) {
  return (
    <div className="grid gap-8">
      <div className="grid gap-1 text-center">
        <h1 className="text-first-run">How do you want to start, {name.split(" ")[0]}?</h1>
        <p className="text-fg-2">Both ways lead to the same dashboard.</p>
      </div>
      <div className="grid gap-6 md:grid-cols-2">
        <StartCard
          recommended
          tone="accent"
          icon={<Link2 />}
          title="Connect your ABM"
          lead="Link Apple Business Manager (ABM) and see your own devices."
          points={[
            { icon: <UserRoundCheck {...small} />, text: "An ABM account that may add management services" },
            { icon: <ArrowLeftRight {...small} />, text: "Two files: one key to Apple, one token back" },
            { icon: <ShieldCheck {...small} />, text: "Reading only: a sync changes nothing in ABM" },
          ]}
          action={
            <Button variant="primary" size="large" render={<Link to="/settings/abm/new" />} className="w-full">
              Connect your ABM <ArrowRight {...small} />
            </Button>
          }
        />
        {portalUrl ? <SimulationHere portalUrl={portalUrl} /> : <SimulationElsewhere />}
      </div>
    </div>
  );
}

function SimulationHere({ portalUrl }: { portalUrl: string }) {
  return (
    <StartCard
      tone="violet"
      icon={<FlaskConical />}
      title="Try with a simulated ABM"
      lead="A simulated ABM runs beside this server."
      points={[
        {
          icon: <ArrowLeftRight {...small} />,
          text: "Connect it in the same four steps: its portal stands in for Apple's",
        },
        { icon: <ShieldCheck {...small} />, text: "Made-up devices; nothing reaches Apple" },
      ]}
      action={
        <Button
          size="large"
          className="w-full"
          icon={<ExternalLink {...small} />}
          render={<a href={portalUrl} target="_blank" rel="noreferrer" />}
        >
          Open the simulated ABM
        </Button>
      }
    />
  );
}

function SimulationElsewhere() {
  return (
    <StartCard
      tone="violet"
      icon={<FlaskConical />}
      title="Try with a simulated ABM"
      lead="A built-in Apple service with made-up devices, fully offline."
      points={[
        { icon: <Container {...small} />, text: "A server of its own: this one stays as it is" },
        { icon: <ShieldCheck {...small} />, text: "Nothing reaches Apple" },
      ]}
      action={
        <div className="grid gap-1.5">
          <p className="text-fg-2">Run this on your computer:</p>
          <CopyText label="command" text="guardmdm demo" />
        </div>
      }
    />
  );
}
