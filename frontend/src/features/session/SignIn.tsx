import { useEffect } from "react";
import { useQuery } from "urql";
import { problemOf } from "../../graphql/errors";
import { ErrorState } from "../../ui/ErrorState";
import { Skeleton } from "../../ui/Skeleton";
import { SetupLinkHelp } from "../setup/SetupLinkHelp";
import { EntryFrame } from "./EntryFrame";
import { SignInForm } from "./SignInForm";
import { InstanceDocument } from "./session";

type SignInProps = {
  /** Somebody is signed in, now or already. */
  onSignedIn: () => void;
};

/** The sign-in, or why there is nobody yet who could sign in. */
export function SignIn({ onSignedIn }: SignInProps) {
  const [{ data, error }, ask] = useQuery({ query: InstanceDocument });
  const instance = data?.instance;
  const signedIn = Boolean(instance?.viewer);
  useEffect(() => {
    if (signedIn) onSignedIn();
  }, [signedIn, onSignedIn]);

  return (
    <EntryFrame title="Sign in to GuardMDM" version={instance?.version}>
      {instance?.setupNeeded ? (
        <SetupLinkHelp>This server has no administrator yet.</SetupLinkHelp>
      ) : instance && !signedIn ? (
        <SignInForm onSignedIn={onSignedIn} />
      ) : error && !instance ? (
        <ErrorState {...problemOf(error)} onRetry={() => ask({ requestPolicy: "network-only" })} />
      ) : (
        <Skeleton rows={4} />
      )}
    </EntryFrame>
  );
}
