import { schema } from "virtual:schema";
import { Link, useLocation } from "@tanstack/react-router";
import { clsx } from "clsx";
import { SearchX } from "lucide-react";
import { Fragment, useEffect, useRef } from "react";
import { plural } from "../../lib/numbers";
import { useShortcuts } from "../../lib/shortcuts";
import { useMediaQuery } from "../../lib/useBreakpoint";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { Chip } from "../../ui/Chip";
import { EmptyState } from "../../ui/EmptyState";
import { SearchInput } from "../../ui/SearchInput";
import { textLink } from "../../ui/textLink";
import { wordFor } from "../../ui/vocabulary";
import { find, groups, type SchemaMember, type SchemaType } from "./schema";

const byName = new Map(schema.map((type) => [type.name, type]));
const mostFound = 60;

type SchemaReferenceProps = { typeName: string | undefined; search: string; onSearch: (text: string) => void };

/** One type of the schema with all that it says of itself, the list of the others, and a search over all of them. */
export function SchemaReference({ typeName = "Query", search, onSearch }: SchemaReferenceProps) {
  const input = useRef<HTMLInputElement>(null);
  useShortcuts({ "/": () => input.current?.focus() });
  const type = byName.get(typeName);
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[15rem_minmax(0,1fr)]">
      <div className="grid min-w-0 gap-3 lg:sticky lg:top-16 lg:max-h-[calc(100dvh-6rem)] lg:grid-rows-[auto_minmax(0,1fr)]">
        <search>
          <SearchInput
            ref={input}
            label="Search the schema"
            placeholder="Search types and fields"
            shortcut="/"
            value={search}
            onValueChange={onSearch}
          />
        </search>
        <TypeList current={typeName} />
      </div>
      {search.trim() !== "" ? (
        <Results text={search} />
      ) : type ? (
        <OneType key={type.name} type={type} />
      ) : (
        <Card>
          <EmptyState
            icon={<SearchX />}
            title={`There is no type ${typeName}`}
            action={
              <Button render={<Link to="/settings/api/schema" search={{ type: "Query" }} />}>Show the queries</Button>
            }
          >
            The link may be of another version.
          </EmptyState>
        </Card>
      )}
    </div>
  );
}

function TypeList({ current }: { current: string }) {
  const hasRoom = useMediaQuery("(width >= 64rem)");
  return (
    <details open={hasRoom} className="min-h-0 lg:overflow-y-auto">
      <summary className="cursor-pointer rounded-badge py-2 font-medium text-fg-2 lg:hidden">All types</summary>
      <nav aria-label="Types of the schema" className="grid grid-cols-[minmax(0,1fr)] gap-3">
        {groups.map(({ label, has }) => (
          <div key={label} className="grid grid-cols-[minmax(0,1fr)] gap-0.5">
            <h2 className="px-2 text-fg-3 text-hint">{label}</h2>
            <ul>
              {schema.filter(has).map(({ name }) => (
                <li key={name}>
                  <Link
                    to="/settings/api/schema"
                    search={{ type: name }}
                    aria-current={name === current ? "page" : undefined}
                    className={clsx(
                      "block truncate rounded-control px-2 py-1 font-mono text-serial -outline-offset-2 hover:bg-hover max-lg:py-2.5",
                      name === current && "bg-active",
                    )}
                    title={name}
                  >
                    {name}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
    </details>
  );
}

function Results({ text }: { text: string }) {
  const { found, all } = find(schema, text, mostFound);
  return (
    <Card
      title="Found"
      meta={all > found.length ? `the first ${found.length} of ${plural(all, "place")}` : plural(all, "place")}
      padding={false}
    >
      {found.length === 0 ? (
        <EmptyState icon={<SearchX />} title="Nothing in the schema is named like that">
          Names and descriptions were searched.
        </EmptyState>
      ) : (
        <ul aria-label="Places in the schema">
          {found.map(({ type, member, description }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an argument has the name of its field
            <li key={place} className="border-border border-b last:border-b-0">
              <Link
                to="/settings/api/schema"
                search={{ type }}
                {...(member && { hash: member })}
                className="grid gap-0.5 px-4 py-2 -outline-offset-2 hover:bg-hover"
              >
                <code className="font-mono text-serial wrap-anywhere">
                  {type}
                  {member && `.${member}`}
                </code>
                <span className="line-clamp-2 text-fg-2">{description}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

const kindWords: Record<SchemaType["kind"], string> = {
  query: "Queries",
  mutation: "Mutations",
  subscription: "Subscriptions",
  type: "Type",
  input: "Input",
  enum: "Enum",
  interface: "Interface",
  union: "Union",
  scalar: "Scalar",
};

function OneType({ type }: { type: SchemaType }) {
  const hash = useLocation({ select: (location) => location.hash });
  // What the address names is there only now: the page came later than the browser looked for it.
  useEffect(() => {
    if (hash) document.getElementById(hash)?.scrollIntoView({ block: "center" });
  }, [hash]);
  return (
    <Card title={type.name} meta={kindWords[type.kind]} padding={false}>
      {type.description && (
        <p className="border-border border-b px-4 py-3 text-pretty">
          <Description text={type.description} />
        </p>
      )}
      <ul aria-label={`Parts of ${type.name}`}>
        {type.members.map((member) => (
          <li
            key={member.name}
            id={member.name}
            className={clsx(
              "grid scroll-mt-20 gap-1 border-border border-b px-4 py-3 last:border-b-0",
              member.name === hash && "bg-accent-soft",
            )}
          >
            <Member member={member} heading anchor={type.name} />
            {member.args && (
              <ul aria-label={`Arguments of ${member.name}`} className="mt-1 grid gap-2 border-border border-l pl-3">
                {member.args.map((arg) => (
                  <li key={arg.name} className="grid gap-0.5">
                    <Member member={arg} />
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
        {type.members.length === 0 && <li className="px-4 py-3 text-fg-2">A value without parts.</li>}
      </ul>
    </Card>
  );
}

type MemberProps = { member: SchemaMember; heading?: boolean; anchor?: string };

function Member({ member, heading = false, anchor }: MemberProps) {
  const { name, description, type, deprecated, role } = member;
  const label = <code className={clsx("font-mono text-serial", heading && "font-semibold")}>{name}</code>;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {anchor ? (
          <h3>
            <Link
              to="/settings/api/schema"
              search={{ type: anchor }}
              hash={name}
              className="rounded-badge hover:underline"
            >
              {label}
            </Link>
          </h3>
        ) : (
          label
        )}
        {type && <TypeName text={type} />}
        {member.default !== undefined && <code className="font-mono text-fg-3 text-serial">= {member.default}</code>}
        {role && role !== "VIEWER" && <Chip tone="muted">{wordFor("role", role)}</Chip>}
        {deprecated && <Chip tone="warn">Deprecated</Chip>}
      </div>
      <p className="max-w-3xl text-fg-2 text-pretty wrap-anywhere">
        <Description text={description} />
      </p>
      {deprecated && <p className="text-warn-fg">{deprecated}</p>}
    </>
  );
}

/** A type with its brackets; its name leads to it, unless GraphQL itself has it. */
function TypeName({ text }: { text: string }) {
  const name = text.replace(/[[\]!]/g, "");
  const [before, after] = text.split(name);
  return (
    <code className="font-mono text-fg-3 text-serial">
      {before}
      {byName.has(name) ? (
        <Link to="/settings/api/schema" search={{ type: name }} className={textLink}>
          {name}
        </Link>
      ) : (
        name
      )}
      {after}
    </code>
  );
}

/** Descriptions mark names by backticks. */
function Description({ text }: { text: string }) {
  return text.split("`").map((part, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name
    <Fragment key={place}>
      {place % 2 === 1 ? <code className="rounded-badge bg-sunken px-1 font-mono text-serial">{part}</code> : part}
    </Fragment>
  ));
}
