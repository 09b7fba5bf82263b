import { Link2Off } from "lucide-react";
import { useQuery } from "urql";
import { graphql } from "../../gql";
import { problemOf } from "../../graphql/errors";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { Skeleton } from "../../ui/Skeleton";
import { EntryFrame } from "./EntryFrame";
import { JoinForm } from "./JoinForm";
import { InstanceDocument } from "./session";

const JoinLinkDocument = graphql(`
  query JoinLink($code: String!) {
    oneTimeLink(code: $code) {
      purpose
      email
      name
      expiresAt
    }
  }
`);

type JoinProps = { code: string; onSignedIn: () => void };

/** Where the one-time link of an invitation or of a reset leads. */
export function Join({ code, onSignedIn }: JoinProps) {
  const [instance] = useQuery({ query: InstanceDocument });
  const [{ data, error, fetching }, ask] = useQuery({
    query: JoinLinkDocument,
    variables: { code },
    pause: code === "",
  });
  const link = data?.oneTimeLink;
  const forPerson = link && link.purpose !== "SETUP" ? link : undefined;
  return (
    <EntryFrame
      title={
        !forPerson
          ? "Join GuardMDM"
          : forPerson.purpose === "RESET"
            ? "Set a new password"
            : `Welcome, ${forPerson.name}`
      }
      version={instance.data?.instance.version}
    >
      {forPerson ? (
        <JoinForm code={code} link={forPerson} onSignedIn={onSignedIn} />
      ) : fetching ? (
        <Skeleton rows={4} />
      ) : error ? (
        <ErrorState {...problemOf(error)} onRetry={() => ask({ requestPolicy: "network-only" })} />
      ) : (
        <EmptyState icon={<Link2Off />} title="This link does not work">
          It was used already, has expired, or is not complete. Ask an administrator for a new one.
        </EmptyState>
      )}
    </EntryFrame>
  );
}
