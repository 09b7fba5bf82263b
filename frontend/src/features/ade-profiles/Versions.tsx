import { Link } from "@tanstack/react-router";
import { History } from "lucide-react";
import { useQuery } from "urql";
import { graphql, readFragment } from "../../gql";
import { problemOf } from "../../graphql/errors";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { Chip } from "../../ui/Chip";
import { CopyButton } from "../../ui/CopyText";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { type SimpleColumn, SimpleTable } from "../../ui/SimpleTable";
import { Skeleton } from "../../ui/Skeleton";
import { Time } from "../../ui/Time";
import { changedKeys, linesOf, publishedKeys } from "./content";
import { JsonLines } from "./JsonLines";
import { type Profile, type Version, VersionRowFragment } from "./profile";

const VersionsDocument = graphql(`
  query AdeProfileVersions($adeProfileId: ID!) {
    adeProfileVersions(adeProfileId: $adeProfileId, first: 100) {
      nodes {
        id
        ...AdeProfileVersionRow
      }
      pageInfo {
        hasNextPage
      }
    }
  }
`);

const context = { additionalTypenames: ["ADEProfile", "ADEProfileVersion"] };

type VersionsProps = {
  profile: Profile;
  /** The number of the version that is looked at. */
  shown: string | undefined;
  /** Makes a version the one that devices get; left out for those who may not. */
  onPublish: ((version: Version) => void) | undefined;
};

/** What was published, newest first. Versions never change. */
export function Versions({ profile, shown, onPublish }: VersionsProps) {
  const [{ data, error }, retry] = useQuery({
    query: VersionsDocument,
    variables: { adeProfileId: profile.id },
    context,
  });
  if (!data) {
    return (
      <Card>
        {error ? (
          <ErrorState {...problemOf(error)} title="The versions did not load" onRetry={() => retry()} />
        ) : (
          <Skeleton rows={5} />
        )}
      </Card>
    );
  }
  const versions = readFragment(VersionRowFragment, data.adeProfileVersions.nodes);
  if (versions.length === 0) {
    return (
      <Card>
        <EmptyState icon={<History />} title="Nothing is published yet">
          Each time the profile is published it gets a version, which stays readable and can be published again.
        </EmptyState>
      </Card>
    );
  }
  const looked = versions.find(({ number }) => String(number) === shown);
  return (
    <>
      <Card title="Versions" meta="Newest first" padding={false}>
        <SimpleTable
          caption="Versions"
          density="comfortable"
          framed={false}
          columns={columnsFor(profile)}
          rows={versions}
          rowKey={({ id }) => id}
          rowLink={({ number }) => (
            <Link
              to="/profiles/$profileId"
              params={{ profileId: profile.id }}
              search={{ section: "versions", version: String(number) }}
              resetScroll={false}
            />
          )}
        />
        {data.adeProfileVersions.pageInfo.hasNextPage && (
          <p className="border-border border-t px-4 py-2 text-fg-3 text-hint">The newest 100 are shown.</p>
        )}
      </Card>
      {looked && <VersionCard profile={profile} version={looked} onPublish={onPublish} />}
    </>
  );
}

function columnsFor({ publishedVersion }: Profile): readonly SimpleColumn<Version>[] {
  return [
    { id: "number", header: "Version", cell: ({ number }) => <span className="font-medium">v{number}</span> },
    {
      id: "state",
      header: "State",
      phone: "status",
      cell: ({ id }) => (id === publishedVersion?.id ? <Chip tone="ok">Devices get it</Chip> : "Earlier"),
    },
    { id: "by", header: "Published by", priority: 2, cell: ({ publishedBy }) => publishedBy },
    { id: "at", header: "Published", align: "end", cell: ({ publishedAt }) => <Time value={publishedAt} /> },
  ];
}

function VersionCard({ profile, version, onPublish }: Omit<VersionsProps, "shown"> & { version: Version }) {
  const present = profile.publishedVersion;
  const isPresent = version.id === present?.id;
  const keys = publishedKeys(version.json);
  const before = present && !isPresent ? publishedKeys(present.json) : undefined;
  const differs = before && changedKeys(before, keys).length > 0;
  return (
    <Card
      title={`Version ${version.number}`}
      meta={
        before && present && (differs ? `Beside version ${present.number}` : `The same as version ${present.number}`)
      }
      padding={false}
      action={
        <>
          <CopyButton label={`JSON of version ${version.number}`} text={JSON.stringify(keys, null, 2)} />
          {onPublish && !isPresent && (
            <Button size="small" onClick={() => onPublish(version)}>
              Publish it again
            </Button>
          )}
        </>
      }
    >
      <JsonLines label={`Content of version ${version.number}`} lines={linesOf(keys, before)} />
    </Card>
  );
}
