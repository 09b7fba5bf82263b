import { Card } from "../../ui/Card";

/** What ends a token before its year is over. */
export function EarlyEndCard() {
  return (
    <Card title="A token stops working early when">
      <ul className="grid list-disc gap-1 pl-4 text-fg-2">
        <li>the person who downloaded it changes their password</li>
        <li>that person leaves the organization</li>
        <li>somebody downloads a newer one for the same MDM server</li>
        <li>Apple has new terms, until somebody accepts them</li>
      </ul>
    </Card>
  );
}
