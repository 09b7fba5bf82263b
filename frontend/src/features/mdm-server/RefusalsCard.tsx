import { Link } from "@tanstack/react-router";
import { graphql, readFragment } from "../../gql";
import type { EnrollmentRefusalsQuery } from "../../gql/graphql";
import { problemOf } from "../../graphql/errors";
import { usePages } from "../../graphql/usePages";
import { formatCount } from "../../lib/numbers";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { ErrorState } from "../../ui/ErrorState";
import { type SimpleColumn, SimpleTable } from "../../ui/SimpleTable";
import { Skeleton } from "../../ui/Skeleton";
import { Time } from "../../ui/Time";
import { textLink } from "../../ui/textLink";
import { CureText } from "../enrollment/CureText";
import { EnrollmentRefusalFragment, type Refusal } from "../enrollment/refusal";

const EnrollmentRefusalsDocument = graphql(`
  query EnrollmentRefusals($after: Cursor) {
    enrollmentRefusals(first: 20, after: $after) {
      nodes {
        id
        ...EnrollmentRefusal
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const context = { additionalTypenames: ["EnrollmentRefusal"] };
const refusalsOf = (data: EnrollmentRefusalsQuery) => data.enrollmentRefusals;

const columns: SimpleColumn<Refusal>[] = [
  {
    id: "reason",
    header: "Reason",
    cell: ({ code, message }) => (
      <div className="grid gap-0.5 whitespace-normal py-2 max-sm:py-0">
        <code className="font-mono text-serial wrap-anywhere">{code}</code>
        <span className="font-normal text-fg-2 text-pretty">
          {message} <CureText code={code} here="/settings/mdm" />
        </span>
      </div>
    ),
  },
  {
    id: "serial",
    header: "Serial",
    cell: ({ serialNumber }) =>
      serialNumber === "" ? (
        <span className="text-fg-3">Not believed</span>
      ) : (
        <Link to="/devices/$serialNumber" params={{ serialNumber }} className={`${textLink} font-mono text-serial`}>
          {serialNumber}
        </Link>
      ),
  },
  { id: "address", header: "Address", priority: 3, cell: ({ address }) => address },
  { id: "count", header: "Requests", align: "end", priority: 2, cell: ({ count }) => formatCount(count) },
  { id: "last", header: "Last", align: "end", cell: ({ lastAt }) => <Time value={lastAt} mode="relative" /> },
];

/** Why devices got no enrollment profile lately, and what mends it. */
export function RefusalsCard() {
  const { pages, error, more, loadingMore, retry } = usePages(EnrollmentRefusalsDocument, refusalsOf, context);
  const refusals = pages?.flatMap(({ nodes }) => readFragment(EnrollmentRefusalFragment, nodes));
  return (
    <Card title="Refused requests" padding={false}>
      {refusals ? (
        refusals.length > 0 ? (
          <SimpleTable
            caption="Refused requests"
            framed={false}
            columns={columns}
            rows={refusals}
            rowKey={({ id }) => id}
          />
        ) : (
          <p className="px-4 py-3 text-fg-2">None. Every request that came was answered with a profile.</p>
        )
      ) : error ? (
        <ErrorState {...problemOf(error)} onRetry={retry} />
      ) : (
        <div className="p-4">
          <Skeleton rows={3} />
        </div>
      )}
      {(more || loadingMore) && (
        <div className="border-border border-t p-2 text-center">
          <Button size="small" busy={loadingMore} busyLabel="Loading" onClick={more}>
            Load more
          </Button>
        </div>
      )}
    </Card>
  );
}
