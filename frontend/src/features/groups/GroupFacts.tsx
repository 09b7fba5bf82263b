import { Link } from "@tanstack/react-router";
import { formatCount } from "../../lib/numbers";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { DefinitionList } from "../../ui/DefinitionList";
import type { GroupDetails } from "./groupDetails";

/** How a saved group stands, and the way to its devices. */
export function GroupFacts({ group }: { group: GroupDetails }) {
  return (
    <Card title="As saved">
      <DefinitionList
        items={[
          { label: "Devices", value: formatCount(group.deviceCount) },
          { label: "Decides for", value: formatCount(group.decidedCount) },
          { label: "Order", value: formatCount(group.position) },
        ]}
      />
      <div>
        <Button render={<Link to="/devices" search={{ group: group.id }} />}>Show its devices</Button>
      </div>
    </Card>
  );
}
