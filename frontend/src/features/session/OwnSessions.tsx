import { useState } from "react";
import { Button } from "../../ui/Button";
import { Time } from "../../ui/Time";
import { ConfirmAction } from "./ConfirmAction";
import { useSignOutEverywhere } from "./useSignOutEverywhere";

/** Until when this session lasts, and ending it with all others. */
export function OwnSessions({ endsAt }: { endsAt: string | null | undefined }) {
  const [asking, setAsking] = useState(false);
  const signOutEverywhere = useSignOutEverywhere();
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      {endsAt && (
        <p className="text-fg-2">
          This session lasts until <Time value={endsAt} />. Then you sign in again.
        </p>
      )}
      <Button aria-haspopup="dialog" onClick={() => setAsking(true)}>
        Sign out of all browsers
      </Button>
      {asking && (
        <ConfirmAction
          title="Sign out of all browsers"
          confirmLabel="Sign out"
          busyLabel="Signing out"
          run={() => signOutEverywhere()}
          onDone={() => location.assign("/signin")}
          onCancel={() => setAsking(false)}
        >
          <p>All your sessions end at once, this one too. API tokens keep working.</p>
        </ConfirmAction>
      )}
    </div>
  );
}
