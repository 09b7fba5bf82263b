import { Link } from "@tanstack/react-router";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { useMay } from "../session/session";

const steps = [
  { title: "Make a key pair", text: "GuardMDM keeps the private half and gives you the public one." },
  { title: "Upload the public key in ABM", text: "That adds an MDM server for GuardMDM there." },
  { title: "Download the server token from ABM", text: "It is encrypted: only this server can read it." },
  { title: "Upload the token here", text: "The first sync starts by itself, and the devices appear." },
];

/** In place of the overview until there is an ABM token: what has to be done, and where it begins. */
export function FirstSteps() {
  const mayConnect = useMay("ADMIN");
  return (
    <div className="mx-auto max-w-2xl">
      <Card title="Connect Apple Business Manager (ABM)">
        <p className="text-fg-2">
          GuardMDM lists the devices that your organization assigns to it in ABM. Connecting it takes four steps.
        </p>
        <ol className="grid gap-3">
          {steps.map(({ title, text }, index) => (
            <li key={title} className="flex gap-3">
              <span
                aria-hidden
                className="grid size-6 shrink-0 place-items-center rounded-full border border-border-2 font-semibold text-fg-2 text-hint"
              >
                {index + 1}
              </span>
              <div className="min-w-0 pt-0.5">
                <h3 className="font-medium">{title}</h3>
                <p className="text-fg-2">{text}</p>
              </div>
            </li>
          ))}
        </ol>
        {mayConnect ? (
          <div>
            <Button variant="primary" render={<Link to="/settings/abm/new" />}>
              Connect your ABM
            </Button>
          </div>
        ) : (
          <p className="text-fg-2">An administrator does this under Settings, ABM integration.</p>
        )}
      </Card>
    </div>
  );
}
