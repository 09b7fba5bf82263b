import { Card } from "../../ui/Card";
import { CopyText } from "../../ui/CopyText";

/** What to do with a server that runs, until the dashboard does it. */
export function NextSteps() {
  return (
    <Card title="Next steps">
      <ol className="grid gap-4">
        <Step number={1} title="Create an API token">
          <p>It is shown once. Run this where the server runs:</p>
          <CopyText label="command" text="guardmdm api-token create --name ci --role admin" />
        </Step>
        <Step number={2} title="Call the GraphQL API">
          <p>
            Send the token as <code className="font-mono">Authorization: Bearer TOKEN</code> to this address:
          </p>
          <CopyText label="address" text={`${globalThis.location.origin}/graphql`} />
        </Step>
        <Step number={3} title="Read the API's documentation">
          <p>It is in the source tree, with examples that run as they are:</p>
          <CopyText label="path" text="docs/api" />
        </Step>
      </ol>
    </Card>
  );
}

function Step({ number, title, children }: { number: number; title: string; children: React.ReactNode }) {
  return (
    <li className="grid grid-cols-[auto_1fr] gap-x-3">
      <span
        aria-hidden
        className="grid size-5 place-items-center rounded-full bg-muted-soft text-badge text-muted-fg tabular-nums"
      >
        {number}
      </span>
      <div className="grid min-w-0 gap-1">
        <h3 className="font-semibold">{title}</h3>
        <div className="grid gap-2 text-fg-2">{children}</div>
      </div>
    </li>
  );
}
