import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { SearchX } from "lucide-react";
import { useQuery } from "urql";
import {
  type CommandBatch,
  CommandBatchDocument,
  CommandBatchFragment,
  statusesOf,
  useFollowed,
  waitingOf,
} from "../features/commands/batch";
import { CancelButton } from "../features/commands/CancelButton";
import { CommandProgress } from "../features/commands/CommandProgress";
import { CommandResults } from "../features/commands/CommandResults";
import { commandWord } from "../features/commands/commands";
import { ResendButton } from "../features/commands/ResendButton";
import { Page } from "../features/shell/Page";
import { readFragment } from "../gql";
import type { MdmCommandStatus } from "../gql/graphql";
import { codeOf, problemOf } from "../graphql/errors";
import { formatCount } from "../lib/numbers";
import { timeZoneName } from "../lib/time";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { DefinitionList } from "../ui/DefinitionList";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { Segmented } from "../ui/Segmented";
import { Skeleton } from "../ui/Skeleton";
import { Time } from "../ui/Time";
import { textLink } from "../ui/textLink";
import { knownValues, statusOf } from "../ui/vocabulary";

const crumbs = [{ label: "Activity" }, { label: "Commands", to: "/commands" }] as const;

export function CommandBatchPage() {
  const { batchId } = useParams({ from: "/app/commands/$batchId" });
  const [{ data, error }, again] = useQuery({ query: CommandBatchDocument, variables: { id: batchId } });
  const node = data?.node?.__typename === "CommandBatch" ? data.node : undefined;
  const batch = readFragment(CommandBatchFragment, node);
  if (node && batch?.id === batchId) {
    return <BatchPage key={batchId} batch={batch} canResend={node.canResend} skipped={node.notEnrolledSerialNumbers} />;
  }
  // An identifier that is none of ours is the caller's mistake to the server.
  const missing = data?.node === null || (error !== undefined && codeOf(error) === "BAD_USER_INPUT");
  return (
    <Page title="Command" crumbs={crumbs}>
      <Card>
        {missing ? (
          <EmptyState
            icon={<SearchX />}
            title="There is no such command"
            action={<Button render={<Link to="/commands" />}>Show the commands</Button>}
          >
            The address is not complete, it belongs to another server, or the command ended more than 90 days ago.
          </EmptyState>
        ) : error ? (
          <ErrorState
            {...problemOf(error)}
            title="The command did not load"
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
const commandStatuses = knownValues("mdmCommand") as MdmCommandStatus[];

/** All, and the results that devices of the batch have. What was chosen stays, whatever they have by now. */
function optionsOf(batch: CommandBatch, chosen: MdmCommandStatus | undefined) {
  const had = new Set([...statusesOf(batch), chosen]);
  return [
    { value: everything, label: "All" },
    ...commandStatuses
      .filter((value) => had.has(value))
      .map((value) => ({ value: value as string, label: statusOf("mdmCommand", value).word })),
  ];
}

type BatchPageProps = { batch: CommandBatch; canResend: boolean; skipped: readonly string[] };

function BatchPage({ batch, canResend, skipped }: BatchPageProps) {
  useFollowed(batch);
  const { result = everything } = useSearch({ from: "/app/commands/$batchId" });
  const navigate = useNavigate({ from: "/commands/$batchId" });
  const status = commandStatuses.find((value) => value === result);
  const word = commandWord(batch.requestType);
  return (
    <Page
      title={batch.title ? `${word}: ${batch.title}` : word}
      crumbs={crumbs}
      state={`times in ${timeZoneName()}`}
      actions={
        <>
          {batch.status === "RUNNING" && waitingOf(batch) > 0 && <CancelButton input={{ commandBatchId: batch.id }} />}
          {canResend && <ResendButton batch={batch} />}
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <Card>
          <CommandProgress batch={batch} />
          <DefinitionList
            items={[
              { label: "By", value: batch.requestedBy },
              { label: "Sent", value: <Time value={batch.createdAt} /> },
              { label: "Ended", value: <Time value={batch.finishedAt} empty="Not yet" /> },
            ]}
          />
        </Card>
        <Card title="Devices" padding={false}>
          <div className="overflow-x-auto p-3">
            <Segmented
              label="Result"
              options={optionsOf(batch, status)}
              value={status ?? everything}
              onValueChange={(value) =>
                void navigate({ search: (now) => ({ ...now, result: value === everything ? undefined : value }) })
              }
            />
          </div>
          <CommandResults key={status} batchId={batch.id} status={status} />
        </Card>
        {batch.notEnrolled > 0 && <Skipped count={batch.notEnrolled} serials={skipped} />}
      </div>
    </Page>
  );
}

/** The devices that were meant and do not take commands. */
function Skipped({ count, serials }: { count: number; serials: readonly string[] }) {
  return (
    <Card title="Not enrolled here" meta="Not sent to">
      <ul aria-label="Devices that are not enrolled here" className="flex flex-wrap gap-x-3 gap-y-1">
        {serials.map((serial) => (
          <li key={serial}>
            <Link
              to="/devices/$serialNumber"
              params={{ serialNumber: serial }}
              className={`${textLink} inline-flex min-h-6 items-center font-mono text-serial`}
            >
              {serial}
            </Link>
          </li>
        ))}
      </ul>
      {count > serials.length && <p className="text-fg-2">And {formatCount(count - serials.length)} more.</p>}
    </Card>
  );
}
