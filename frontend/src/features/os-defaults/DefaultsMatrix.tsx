import { useState } from "react";
import { useQuery } from "urql";
import { readFragment } from "../../gql";
import { problemOf } from "../../graphql/errors";
import { plural } from "../../lib/numbers";
import { useMediaQuery } from "../../lib/useBreakpoint";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { ErrorState } from "../../ui/ErrorState";
import { InitialsTile } from "../../ui/InitialsTile";
import { PlatformIcon } from "../../ui/PlatformIcon";
import { Skeleton } from "../../ui/Skeleton";
import { platformsOfSystem, type System, systems } from "../ade-profiles/systems";
import type { Organization } from "../organizations/OrganizationsProvider";
import { useMay } from "../session/session";
import { columnTitles } from "./columns";
import { DefaultCell } from "./DefaultCell";
import { DefaultDialog } from "./DefaultDialog";
import {
  type CellCounts,
  countsOf,
  DefaultFragment,
  DefaultsDocument,
  DefaultsRowDocument,
  defaultOf,
  type OsDefault,
} from "./defaults";

type DefaultsMatrixProps = { organizations: readonly Organization[] };

type Place = { system: System; organization: Organization | undefined };

const context = { additionalTypenames: ["DefaultADEProfile", "ADEProfile"] };
const step = 20; // each row counts its devices

/** The default profiles: a row for each organization, a column for each system. */
export function DefaultsMatrix({ organizations }: DefaultsMatrixProps) {
  const [{ data, error }, retry] = useQuery({ query: DefaultsDocument, context });
  const mayPick = useMay("OPERATOR");
  const isNarrow = useMediaQuery("(width < 64rem)");
  const [picked, setPicked] = useState<Place>();
  const [rows, setRows] = useState(step);
  if (!data) {
    return (
      <Card>
        {error ? (
          <ErrorState {...problemOf(error)} title="The defaults did not load" onRetry={() => retry()} />
        ) : (
          <Skeleton rows={6} />
        )}
      </Card>
    );
  }
  const defaults = readFragment(DefaultFragment, data.defaultADEProfiles);
  const onPick = mayPick ? setPicked : undefined;
  const shown = organizations.slice(0, rows);
  const Matrix = isNarrow ? Cards : Table;
  return (
    <>
      <Matrix defaults={defaults} organizations={shown} onPick={onPick} />
      {shown.length < organizations.length && (
        <div className="flex items-center gap-3 text-fg-3 text-hint">
          {shown.length} of {plural(organizations.length, "organization")} shown
          <Button size="small" onClick={() => setRows(rows + step)}>
            Show more
          </Button>
        </div>
      )}
      {picked && (
        <DefaultDialog
          system={picked.system}
          organization={picked.organization}
          own={defaultOf(defaults, picked.system, picked.organization?.id)}
          inherited={picked.organization && defaultOf(defaults, picked.system, undefined)}
          onClose={() => setPicked(undefined)}
        />
      )}
    </>
  );
}

type LayoutProps = {
  defaults: readonly OsDefault[];
  organizations: readonly Organization[];
  onPick: ((place: Place) => void) | undefined;
};

function Table({ organizations, ...props }: LayoutProps) {
  return (
    <div className="rounded-card border border-border bg-surface">
      <table className="w-full table-fixed border-collapse text-left">
        <caption className="sr-only">Default profiles by organization and operating system</caption>
        <thead>
          <tr className="border-border border-b bg-sunken">
            <th scope="col" className="rounded-tl-card px-4 py-2.5 font-normal text-fg-2">
              ABM organization
            </th>
            {systems.map((system) => (
              <th key={system} scope="col" className="px-2 py-2.5 font-medium">
                <SystemTitle system={system} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[undefined, ...organizations].map((organization) => (
            <tr key={organization?.id ?? "all"} className="h-px border-border border-b align-top last:border-b-0">
              <th scope="row" className="px-4 py-3 font-normal">
                <RowTitle organization={organization} />
              </th>
              <Cells
                {...props}
                organization={organization}
                render={(system, cell) => (
                  <td key={system} className="h-[inherit] px-2 py-2">
                    {cell}
                  </td>
                )}
              />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cards({ organizations, ...props }: LayoutProps) {
  return [undefined, ...organizations].map((organization) => (
    <Card key={organization?.id ?? "all"} title={organization?.name ?? "All organizations"}>
      <div className="grid gap-3 sm:grid-cols-2">
        <Cells
          {...props}
          organization={organization}
          render={(system, cell) => (
            <div key={system} className="grid min-w-0 gap-1">
              <SystemTitle system={system} />
              {cell}
            </div>
          )}
        />
      </div>
    </Card>
  ));
}

function SystemTitle({ system }: { system: System }) {
  return (
    <span className="flex items-center gap-2 font-medium">
      {platformsOfSystem[system].map((platform) => (
        <PlatformIcon key={platform} platform={platform} className="size-4 text-fg-2" />
      ))}
      {columnTitles[system]}
    </span>
  );
}

function RowTitle({ organization }: { organization: Organization | undefined }) {
  if (!organization) {
    return (
      <>
        <span className="block font-medium">All organizations</span>
        <span className="block text-fg-3 text-hint">For organizations without their own</span>
      </>
    );
  }
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <InitialsTile name={organization.name} />
      <span className="min-w-0">
        <span className="block font-medium wrap-anywhere">{organization.name}</span>
        <span className="block text-fg-3 text-hint">{plural(organization.deviceCount, "device")}</span>
      </span>
    </span>
  );
}

type CellsProps = Omit<LayoutProps, "organizations"> & {
  organization: Organization | undefined;
  render: (system: System, cell: React.ReactNode) => React.ReactNode;
};

function Cells(props: CellsProps) {
  return props.organization ? (
    <CountedCells {...props} organization={props.organization} />
  ) : (
    <PlainCells {...props} countsIn={() => null} />
  );
}

const countContext = { additionalTypenames: ["Device", "DefaultADEProfile", "DeviceGroup"] };

function CountedCells(props: CellsProps & { organization: Organization }) {
  const [{ data }] = useQuery({
    query: DefaultsRowDocument,
    variables: { abmTokenId: props.organization.id },
    context: countContext,
  });
  return <PlainCells {...props} countsIn={(system) => data && countsOf(data, system)} />;
}

function PlainCells({
  defaults,
  organization,
  onPick,
  render,
  countsIn,
}: CellsProps & { countsIn: (system: System) => CellCounts | null | undefined }) {
  return systems.map((system) =>
    render(
      system,
      <DefaultCell
        system={system}
        scope={organization?.name ?? "all organizations"}
        own={defaultOf(defaults, system, organization?.id)}
        inherited={organization && defaultOf(defaults, system, undefined)}
        counts={countsIn(system)}
        onPick={onPick && (() => onPick({ system, organization }))}
      />,
    ),
  );
}
