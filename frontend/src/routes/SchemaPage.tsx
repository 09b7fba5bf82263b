import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { Page } from "../features/shell/Page";
import { loadPart } from "../lib/loadPart";
import { Card } from "../ui/Card";
import { Skeleton } from "../ui/Skeleton";

const SchemaReference = lazy(() =>
  loadPart(() => import("../features/api-reference/SchemaReference")).then((module) => ({
    default: module.SchemaReference,
  })),
);

const route = getRouteApi("/app/settings/api/schema");

/** What the API has, from the descriptions of the schema that this server was built of. */
export function SchemaPage() {
  const { type, q = "" } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page
      title="Schema reference"
      windowTitle={type ? `${type}, schema reference` : "Schema reference"}
      crumbs={[
        { label: "Settings", to: "/settings/abm" },
        { label: "API tokens", to: "/settings/api" },
      ]}
    >
      <Suspense
        fallback={
          <Card>
            <Skeleton rows={10} />
          </Card>
        }
      >
        <SchemaReference
          typeName={type}
          search={q}
          onSearch={(text) => void navigate({ search: (now) => ({ ...now, q: text || undefined }), replace: true })}
        />
      </Suspense>
    </Page>
  );
}
