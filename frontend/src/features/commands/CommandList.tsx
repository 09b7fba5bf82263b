import { lazy, Suspense, useState } from "react";
import { graphql, readFragment } from "../../gql";
import type { MdmCommandsQuery } from "../../gql/graphql";
import { problemOf } from "../../graphql/errors";
import { rowsOf, useNewestFirst } from "../../graphql/useNewestFirst";
import { loadPart } from "../../lib/loadPart";
import { plural } from "../../lib/numbers";
import { ErrorState } from "../../ui/ErrorState";
import { LoadMore } from "../../ui/LoadMore";
import { Skeleton } from "../../ui/Skeleton";
import { Status } from "../../ui/Status";
import { Time } from "../../ui/Time";
import { textLink } from "../../ui/textLink";
import { wordFor } from "../../ui/vocabulary";
import { useMay } from "../session/session";
import { CancelButton } from "./CancelButton";
import { SendCommandMenu } from "./SendCommandMenu";

const AnswerDialog = lazy(() =>
  loadPart(() => import("./AnswerDialog")).then((module) => ({ default: module.AnswerDialog })),
);

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
    requestedBy
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

type CommandListProps = {
  deviceId: string;
  serialNumber: string;
  /** Whether more can be sent. */
  takesCommands: boolean;
};

/** The commands for a device, newest first, with what it answered; and a menu to send one. */
export function CommandList({ deviceId, serialNumber, takesCommands }: CommandListProps) {
  const { rows, error, retry, more } = useNewestFirst(MdmCommandsDocument, { deviceId }, commandsOf);
  return (
    <section aria-label="Commands" className="grid gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-fg-2 text-hint">Commands</p>
        {takesCommands && <SendCommandMenu deviceId={deviceId} serialNumber={serialNumber} />}
      </div>
      {rows ? (
        rows.length > 0 ? (
          <ul className="grid gap-3">
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
      <LoadMore
        has={more.has}
        fetching={more.fetching}
        error={more.error && problemOf(more.error).message}
        onLoad={() => void more.load()}
      />
    </section>
  );
}

function CommandRow({ command }: { command: Command }) {
  const { id, requestType, purpose, status, errorMessage, attempts, isForUser, requestedBy, answeredAt } = command;
  const [answer, setAnswer] = useState(false);
  const mayRead = useMay("OPERATOR") && answeredAt && status === "ACKNOWLEDGED";
  const mayCancel = purpose === "PERSON" && (status === "QUEUED" || status === "NOT_NOW");
  return (
    <li className="grid gap-0.5">
      <div className="flex flex-wrap items-start justify-between gap-x-3">
        <code className="font-mono text-serial wrap-anywhere">{requestType}</code>
        <Status kind="mdmCommand" value={status} />
      </div>
      {errorMessage && <p className="text-bad-fg wrap-anywhere">{errorMessage}</p>}
      <p className="text-fg-3 text-hint wrap-anywhere">
        {requestedBy ? `Asked for by ${requestedBy}` : wordFor("mdmCommandPurpose", purpose)}
        {isForUser && ", for a user"}. {whenOf(command)}
        {attempts > 1 && `, sent ${plural(attempts, "time")}`}
        {mayRead && (
          <>
            .{" "}
            <button
              type="button"
              aria-haspopup="dialog"
              className={`${textLink} relative cursor-pointer underline max-sm:after:absolute max-sm:after:inset-x-0 max-sm:after:-inset-y-3`}
              onClick={() => setAnswer(true)}
            >
              Show the answer
            </button>
          </>
        )}
      </p>
      {mayCancel && (
        <div className="pt-1">
          <CancelButton small input={{ mdmCommandId: id }} />
        </div>
      )}
      {answer && (
        <Suspense>
          <AnswerDialog commandId={id} requestType={requestType} onClose={() => setAnswer(false)} />
        </Suspense>
      )}
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
