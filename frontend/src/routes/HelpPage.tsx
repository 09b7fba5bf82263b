import { getRouteApi, Link } from "@tanstack/react-router";
import { useEffect } from "react";
import abmIntegration from "../../../docs/user/abm-integration.md?raw";
import deviceEnrollment from "../../../docs/user/device-enrollment.md?raw";
import { Markdown } from "../features/help/Markdown";
import { blocksOf } from "../features/help/markdown";
import { helpTopics } from "../features/help/topics";
import { Page } from "../features/shell/Page";
import { Card } from "../ui/Card";
import { EmptyState } from "../ui/EmptyState";
import { StatusIcon } from "../ui/StatusIcon";
import { TabLinks } from "../ui/Tabs";

const texts: Readonly<Record<string, string>> = {
  "abm-integration": abmIntegration,
  "device-enrollment": deviceEnrollment,
};

const route = getRouteApi("/app/help/$topic");

/** The user's documentation, as it is in the repository. */
export function HelpPage() {
  const { topic } = route.useParams();
  const known = helpTopics.find((one) => one.topic === topic);
  const text = known && texts[known.topic];
  useEffect(() => {
    // The page's own part of the window scrolls, which the browser does not do for an anchor that comes later than the page.
    if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, []);
  return (
    <Page title={known?.title ?? "Help"} windowTitle={known ? `${known.title}, help` : "Help"}>
      {text ? (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <TabLinks
            label="Help"
            value={topic}
            items={helpTopics.map((one) => ({
              id: one.topic as string,
              label: one.tab,
              render: <Link to="/help/$topic" params={{ topic: one.topic }} />,
            }))}
          />
          <Markdown blocks={blocksOf(text)} />
        </div>
      ) : (
        <Card>
          <EmptyState icon={<StatusIcon shape="dashed" tone="muted" />} title="There is no such page of help">
            See{" "}
            <Link to="/help/$topic" params={{ topic: "abm-integration" }} className="underline">
              ABM integration
            </Link>
            .
          </EmptyState>
        </Card>
      )}
    </Page>
  );
}
