import { Link } from "@tanstack/react-router";
import { setTheme, useTheme } from "../../lib/theme";
import { Card } from "../../ui/Card";
import { Chip } from "../../ui/Chip";
import { InitialsTile } from "../../ui/InitialsTile";
import { Segmented } from "../../ui/Segmented";
import { wordFor } from "../../ui/vocabulary";
import { ChangePasswordForm } from "./ChangePasswordForm";
import { OwnSessions } from "./OwnSessions";
import { useSession } from "./session";
import { themes } from "./ThemeMenu";

/** What whoever is signed in can see and change of their own. */
export function Account() {
  const { viewer } = useSession();
  const theme = useTheme();
  return (
    <div className="grid max-w-3xl gap-4">
      <Card title="You">
        <div className="flex flex-wrap items-center gap-3">
          <InitialsTile name={viewer.name} size="large" />
          <div className="min-w-0 flex-1">
            <p className="font-medium wrap-anywhere">{viewer.name}</p>
            <p className="text-fg-2 wrap-anywhere">{viewer.email}</p>
          </div>
          <Chip tone="muted">{wordFor("role", viewer.role)}</Chip>
        </div>
        <p className="text-fg-3 text-hint">
          Administrators change names and roles under{" "}
          <Link to="/settings/people" className="font-medium text-accent-fg hover:underline">
            People and roles
          </Link>
          .
        </p>
      </Card>
      <Card title="Password">
        <ChangePasswordForm email={viewer.email ?? ""} />
      </Card>
      <Card title="Theme" meta="On this browser">
        <div>
          <Segmented label="Theme" options={themes} value={theme} onValueChange={setTheme} />
        </div>
      </Card>
      <Card title="Sessions">
        <OwnSessions endsAt={viewer.sessionExpiresAt} />
      </Card>
    </div>
  );
}
