import { Link } from "@tanstack/react-router";
import { ShieldCheck } from "lucide-react";
import { useQuery } from "urql";
import { graphql } from "../../gql";
import { problemOf } from "../../graphql/errors";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { Skeleton } from "../../ui/Skeleton";
import { HealthCard } from "../health/HealthCard";
import { InstanceDocument } from "../session/session";
import { FirstAdminForm } from "./FirstAdminForm";
import { SetupFrame } from "./SetupFrame";
import { SetupLinkHelp } from "./SetupLinkHelp";

const SetupLinkDocument = graphql(`
  query SetupLink($code: String!) {
    oneTimeLink(code: $code) {
      purpose
      expiresAt
    }
  }
`);

type SetupProps = { code: string; onCreated: () => void };

/** Where the setup link leads: the first administrator of a new server. */
export function Setup({ code, onCreated }: SetupProps) {
  const [{ data, error, fetching }, ask] = useQuery({
    query: SetupLinkDocument,
    variables: { code },
    pause: code === "",
  });
  const [instance] = useQuery({ query: InstanceDocument });
  const accepted = data?.oneTimeLink?.purpose === "SETUP";
  return (
    <SetupFrame title="Create the first administrator" step={1}>
      <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_22rem] lg:gap-24">
        <section className="grid content-start gap-6">
          <div className="grid gap-1">
            <h1 className="text-first-run">Create the first administrator</h1>
            <p className="text-fg-2">This account can do everything on this server. You can add people later.</p>
          </div>
          {accepted ? (
            <FirstAdminForm code={code} onCreated={onCreated} />
          ) : fetching || instance.fetching ? (
            <Skeleton rows={6} />
          ) : (
            <Card>
              {error ? (
                <ErrorState {...problemOf(error)} onRetry={() => ask({ requestPolicy: "network-only" })} />
              ) : instance.data?.instance.setupNeeded === false ? (
                <SetUpAlready />
              ) : (
                <SetupLinkHelp>
                  {code === ""
                    ? "This page needs the code that the setup link carries, so that nobody else can claim the server."
                    : "The code of this link is not known: it was used, has expired, or is not complete."}
                </SetupLinkHelp>
              )}
            </Card>
          )}
        </section>
        <HealthCard>
          {accepted && (
            <>
              Only the setup link opens this page, so that nobody else can claim the server.{" "}
              <span className="font-medium text-ok-fg">Code accepted.</span>
            </>
          )}
        </HealthCard>
      </div>
    </SetupFrame>
  );
}

function SetUpAlready() {
  return (
    <EmptyState
      icon={<ShieldCheck />}
      title="This server has an administrator"
      action={
        <Button variant="primary" render={<Link to="/signin" />}>
          Go to the sign-in
        </Button>
      }
    >
      The setup link is used up. Administrators add further people under Settings.
    </EmptyState>
  );
}
