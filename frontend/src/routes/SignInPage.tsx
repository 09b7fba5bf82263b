import { useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { destination } from "../features/session/destination";
import { SignIn } from "../features/session/SignIn";

export function SignInPage() {
  const { next } = useSearch({ from: "/signin" });
  // A new page, so that nothing of an earlier session stays in memory.
  const goOn = useCallback(() => location.replace(destination(next, location.origin)), [next]);
  return <SignIn onSignedIn={goOn} />;
}
