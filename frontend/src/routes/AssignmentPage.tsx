import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { SearchX } from "lucide-react";
import { useQuery } from "urql";
import { StopBatchButton, UndoBatchButton } from "../features/assignments/BatchActions";
import { BatchProgress } from "../features/assignments/BatchProgress";
import { BatchResults } from "../features/assignments/BatchResults";
import { AssignmentBatchFragment, type Batch, causeWord } from "../features/assignments/batch";
import { useBatch } from "../features/assignments/useBatch";
import { Page } from "../features/shell/Page";
import { graphql, readFragment } from "../gql";
import type { AssignmentResultStatus } from "../gql/graphql";
import { codeOf, problemOf } from "../graphql/errors";
import { timeZoneName } from "../lib/time";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { DefinitionList } from "../ui/DefinitionList";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { Segmented } from "../ui/Segmented";
import { Skeleton } from "../ui/Skeleton";
import { Time } from "../ui/Time";
import { knownValues, statusOf } from "../ui/vocabulary";

const crumbs = [{ label: "Activity" }, { label: "Assignments", to: "/assignments" }] as const;

const AssignmentBatchDocument = graphql(`
  query AssignmentBatch($id: ID!) {
    node(id: $id) {
      __typename
      ... on AssignmentBatch {
        ...AssignmentBatchFields
      }
    }
  }
`);

export function AssignmentPage() {
  const { batchId } = useParams({ from: "/app/assignments/$batchId" });
  const [{ data, error }, again] = useQuery({ query: AssignmentBatchDocument, variables: { id: batchId } });
  const batch =
    data?.node?.__typename === "AssignmentBatch" ? readFragment(AssignmentBatchFragment, data.node) : undefined;
  if (batch?.id === batchId) return <BatchPage key={batchId} known={batch} />;
  // An identifier that is none of ours is the caller's mistake to the server.
  const missing = data?.node === null || (error !== undefined && codeOf(error) === "BAD_USER_INPUT");
  return (
    <Page title="Assignment" crumbs={crumbs}>
      <Card>
        {missing ? (
          <EmptyState
            icon={<SearchX />}
            title="There is no such assignment"
            action={<Button render={<Link to="/assignments" />}>Show the assignments</Button>}
          >
            The address is not complete, or it belongs to another server.
          </EmptyState>
        ) : error ? (
          <ErrorState
            {...problemOf(error)}
            title="The assignment did not load"
            onRetry={() => again({ requestPolicy: "network-only" })}
          />
        ) : (
          <Skeleton rows={8} />
        )}
      </Card>
    </Page>
  );
}

const everything = "ALL";
const results = [
  { value: everything, label: "All" },
  ...knownValues("assignmentResult").map((value) => ({ value, label: statusOf("assignmentResult", value).word })),
];

function BatchPage({ known }: { known: Batch }) {
  const batch = useBatch(known);
  const { result = everything } = useSearch({ from: "/app/assignments/$batchId" });
  const navigate = useNavigate({ from: "/assignments/$batchId" });
  const status = knownValues("assignmentResult").find((value) => value === result) as
    | AssignmentResultStatus
    | undefined;
  const title = `${causeWord(batch.cause)}: ${batch.title}`;
  return (
    <Page
      title={title}
      crumbs={crumbs}
      state={`times in ${timeZoneName()}`}
      actions={
        <>
          <StopBatchButton batch={batch} />
          <UndoBatchButton batch={batch} />
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <Card>
          <BatchProgress batch={batch} />
          <DefinitionList
            items={[
              { label: "By", value: batch.requestedBy },
              { label: "Begun", value: <Time value={batch.createdAt} /> },
              { label: "Ended", value: <Time value={batch.finishedAt} empty="Not yet" /> },
            ]}
          />
        </Card>
        <Card title="Devices" padding={false}>
          <div className="px-4 py-3">
            <Segmented
              label="Result"
              options={results}
              value={status ?? everything}
              onValueChange={(value) =>
                void navigate({ search: (now) => ({ ...now, result: value === everything ? undefined : value }) })
              }
            />
          </div>
          <BatchResults key={status} batchId={batch.id} status={status} />
        </Card>
      </div>
    </Page>
  );
}
