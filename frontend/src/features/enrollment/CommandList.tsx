import { graphql, readFragment } from "../../gql";
import type { MdmCommandsQuery } from "../../gql/graphql";
import { problemOf } from "../../graphql/errors";
import { rowsOf, useNewestFirst } from "../../graphql/useNewestFirst";
import { plural } from "../../lib/numbers";
import { Button } from "../../ui/Button";
import { ErrorState } from "../../ui/ErrorState";
import { Skeleton } from "../../ui/Skeleton";
import { Status } from "../../ui/Status";
import { Time } from "../../ui/Time";
import { wordFor } from "../../ui/vocabulary";

const MdmCommandFragment = graphql(`
  fragment MdmCommand on MDMCommand {
    id
    requestType
    purpose
    status
    errorMessage
    attempts
    queuedAt
    sentAt
    answeredAt
    isForUser
  }
`);

const MdmCommandsDocument = graphql(`
  query MdmCommands($deviceId: ID!, $after: Cursor) {
    mdmCommands(deviceId: $deviceId, first: 10, after: $after) {
      nodes {
        ...MdmCommand
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`);

const commandsOf = ({ mdmCommands: { nodes, pageInfo } }: MdmCommandsQuery) =>
  rowsOf(readFragment(MdmCommandFragment, nodes), pageInfo);

type Command = ReturnType<typeof commandsOf>["rows"][number];

/** The commands for a device, newest first, with what it answered. */
export function CommandList({ deviceId }: { deviceId: string }) {
  const { rows, error, retry, more } = useNewestFirst(MdmCommandsDocument, { deviceId }, commandsOf);
  return (
    <section aria-label="Commands" className="grid gap-2">
      <p className="text-fg-2 text-hint">Commands</p>
      {rows ? (
        rows.length > 0 ? (
          <ul className="grid gap-2">
            {rows.map((command) => (
              <CommandRow key={command.id} command={command} />
            ))}
          </ul>
        ) : (
          <p className="text-fg-2">None yet.</p>
        )
      ) : error ? (
        <ErrorState {...problemOf(error)} onRetry={retry} />
      ) : (
        <Skeleton rows={2} />
      )}
      {more.error && <p className="text-bad-fg">The older commands did not load. {problemOf(more.error).message}</p>}
      {more.has && (
        <div>
          <Button size="small" busy={more.fetching} busyLabel="Loading" onClick={() => void more.load()}>
            Load more
          </Button>
        </div>
      )}
    </section>
  );
}

function CommandRow({ command }: { command: Command }) {
  const { requestType, purpose, status, errorMessage, attempts, isForUser } = command;
  return (
    <li className="grid gap-0.5">
      <div className="flex flex-wrap items-start justify-between gap-x-3">
        <code className="font-mono text-serial wrap-anywhere">{requestType}</code>
        <Status kind="mdmCommand" value={status} />
      </div>
      {errorMessage && <p className="text-bad-fg wrap-anywhere">{errorMessage}</p>}
      <p className="text-fg-3 text-hint">
        {wordFor("mdmCommandPurpose", purpose)}
        {isForUser && ", for a user"}. {whenOf(command)}
        {attempts > 1 && `, sent ${plural(attempts, "time")}`}
      </p>
    </li>
  );
}

function whenOf({ queuedAt, sentAt, answeredAt }: Command): React.ReactNode {
  if (answeredAt) {
    return (
      <>
        Answered <Time value={answeredAt} />
      </>
    );
  }
  return (
    <>
      {sentAt ? "Sent" : "Queued"} <Time value={sentAt ?? queuedAt} />
    </>
  );
}
