import { Link } from "@tanstack/react-router";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { canPassLater, stepToRepeat } from "./checks";
import { OpenAbmButton } from "./OpenAbmButton";
import type { Refusal } from "./useUpload";
import type { StepLink } from "./Wizard";

export type UploadRefusalProps = {
  refusal: Refusal;
  renewal: boolean;
  stepLink: StepLink;
  onCheckAgain: () => void;
  onAcceptChanges: () => void;
};

/** Why the server token was refused, and how to go on. Another file can always be chosen above. */
export function UploadRefusal({ refusal, renewal, stepLink, onCheckAgain, onAcceptChanges }: UploadRefusalProps) {
  const { code, message, hint } = refusal;
  if (code === "TOKEN_CHANGES") {
    return (
      <Banner
        tone="warn"
        title="Confirm what changes"
        action={
          <Button variant="primary" onClick={onAcceptChanges}>
            Accept the changes
          </Button>
        }
      >
        <p>{message}</p>
        <p>
          If that is as it should be, for example because another person downloaded it, accept the changes. If not,
          choose another file.
        </p>
      </Banner>
    );
  }
  const again = stepToRepeat(code);
  return (
    <Banner
      tone="bad"
      title={message}
      action={
        <div className="flex flex-wrap gap-2">
          {again && <Button render={stepLink(again)}>{again === "2" ? "Show the key" : "Download it again"}</Button>}
          {renewal && code === "TOKEN_OTHER_SERVER" && (
            <Button render={<Link to="/settings/abm/new" />}>Add as a new organization</Button>
          )}
          {code === "T_C_NOT_SIGNED" && <OpenAbmButton />}
          {canPassLater(code) && <Button onClick={onCheckAgain}>Check again</Button>}
        </div>
      }
    >
      {hint}
    </Banner>
  );
}
