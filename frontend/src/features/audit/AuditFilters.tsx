import { X } from "lucide-react";
import { useQuery } from "urql";
import { graphql } from "../../gql";
import { Button } from "../../ui/Button";
import { IconButton } from "../../ui/IconButton";
import { Select, type SelectOption } from "../../ui/Select";
import { actionOptions, describeAction } from "./actions";
import { type AuditFilter, withoutAccount } from "./filter";

const AuditActorsDocument = graphql(`
  query AuditActors {
    users(first: 200) {
      nodes {
        id
        name
      }
    }
    apiTokens(first: 200) {
      nodes {
        id
        name
      }
    }
  }
`);

const AuditObjectDocument = graphql(`
  query AuditObject($id: ID!) {
    auditEntries(first: 1, where: { objectId: $id }) {
      nodes {
        id
        objectName
      }
    }
  }
`);

const context = { additionalTypenames: ["User", "APIToken"] };

type AuditFiltersProps = {
  filter: AuditFilter;
  onFilterChange: (filter: AuditFilter) => void;
};

/** Narrows the log to somebody, to what was done, and to one object. */
export function AuditFilters({ filter, onFilterChange }: AuditFiltersProps) {
  const [{ data }] = useQuery({ query: AuditActorsDocument, context });
  const actors = [
    { value: "", label: "Everybody" },
    { value: withoutAccount, label: "GuardMDM and command line" },
    ...(data?.users.nodes ?? []).map(({ id, name }) => ({ value: id, label: name })),
    ...(data?.apiTokens.nodes ?? []).map(({ id, name }) => ({ value: id, label: `${name} (API token)` })),
  ];
  const { actor = "", action = "", object } = filter;
  const isFiltered = actor !== "" || action !== "" || object !== undefined;
  return (
    <search className="flex flex-wrap items-center gap-2">
      <Select
        aria-label="Who"
        className="max-sm:flex-1"
        options={withOption(actors, actor, "Somebody removed")}
        value={actor}
        onChange={(event) => onFilterChange({ ...filter, actor: event.target.value || undefined })}
      />
      <Select
        aria-label="What"
        className="max-sm:flex-1"
        options={withOption(
          [{ value: "", label: "All actions" }, ...actionOptions],
          action,
          describeAction({ action, after: {} }),
        )}
        value={action}
        onChange={(event) => onFilterChange({ ...filter, action: event.target.value || undefined })}
      />
      {object !== undefined && (
        <ObjectFilter id={object} onRemove={() => onFilterChange({ ...filter, object: undefined })} />
      )}
      {isFiltered && (
        <Button variant="ghost" size="small" onClick={() => onFilterChange({})}>
          Reset
        </Button>
      )}
    </search>
  );
}

/** The value of an address may be one that no option has. */
function withOption(options: readonly SelectOption[], value: string, label: string): readonly SelectOption[] {
  return options.some((option) => option.value === value) ? options : [...options, { value, label }];
}

/** The object by the name that it had last. */
function ObjectFilter({ id, onRemove }: { id: string; onRemove: () => void }) {
  const [{ data }] = useQuery({ query: AuditObjectDocument, variables: { id } });
  return (
    <span className="inline-flex h-11 items-center gap-1 rounded-control border border-border-2 bg-surface pl-2.5 shadow-control sm:h-7">
      <span className="text-fg-3">Object</span>
      <span className="max-w-48 truncate font-medium">{data?.auditEntries.nodes[0]?.objectName || id}</span>
      <IconButton
        size="tiny"
        label="Remove the filter by object"
        icon={<X aria-hidden className="size-4" strokeWidth={1.75} />}
        onClick={onRemove}
      />
    </span>
  );
}
