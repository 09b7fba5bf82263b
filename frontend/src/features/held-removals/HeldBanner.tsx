import { Banner } from "../../ui/Banner";
import { Time } from "../../ui/Time";
import { OpenAbmButton } from "../abm-tokens/OpenAbmButton";
import { useSession } from "../session/session";
import { ConfirmRemovalsButton } from "./ConfirmRemovalsButton";
import { type Held, heldAdvice, heldReason, heldTitle } from "./held";
import { LookAgainButton } from "./LookAgainButton";

/** Says that removals wait for an administrator: how many, why, since when, and what to do. Nothing where none do. */
export function HeldBanner({ token }: { token: Held }) {
  const { role } = useSession().viewer;
  if (token.heldRemovals === 0) return null;
  return (
    <Banner
      tone="warn"
      title={heldTitle(token)}
      action={
        <div className="flex flex-wrap gap-2">
          <OpenAbmButton />
          <LookAgainButton token={token} />
          <ConfirmRemovalsButton token={token} />
        </div>
      }
    >
      <p className="text-pretty">
        {heldReason(token)} {heldAdvice(role)}
      </p>
      {token.heldAt && (
        <p className="text-fg-3 text-hint">
          Held since <Time value={token.heldAt} />
        </p>
      )}
    </Banner>
  );
}
