import { Button } from "../../ui/Button";
import { CopyText } from "../../ui/CopyText";
import { DialogBody, DialogFooter } from "../../ui/Dialog";

export type Secret = { name: string; secret: string };

/** The secret of a new token, and a call that works with it. */
export function NewSecret({ secret: { secret }, onDone }: { secret: Secret; onDone: () => void }) {
  return (
    <>
      <DialogBody>
        <p className="text-fg-2">It is shown only now. Keep it like a password.</p>
        <CopyText label="token" text={secret} />
        <div className="grid gap-1.5">
          <p className="text-fg-2">Try it: this asks who is calling.</p>
          <CopyText label="example" text={exampleCall(secret)} />
        </div>
      </DialogBody>
      <DialogFooter>
        <Button variant="primary" onClick={onDone}>
          Done
        </Button>
      </DialogFooter>
    </>
  );
}

function exampleCall(secret: string): string {
  const body = JSON.stringify({ query: "{ viewer { name role } }" });
  return `curl ${location.origin}/graphql -H 'Authorization: Bearer ${secret}' -H 'Content-Type: application/json' -d '${body}'`;
}
