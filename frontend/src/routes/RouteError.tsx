import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { CombinedError } from "urql";
import { UpdateNotice } from "../features/shell/UpdateNotice";
import { problemOf } from "../graphql/errors";
import { ErrorState } from "../ui/ErrorState";

/** A page that could not be loaded at all. */
export function RouteError({ error }: ErrorComponentProps) {
  const router = useRouter();
  const problem =
    error instanceof CombinedError
      ? problemOf(error)
      : {
          title: "This page did not load",
          message: "A part of the dashboard is missing. GuardMDM may have been updated meanwhile.",
          hint: "Reload the page.",
        };
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <h1 className="sr-only">{problem.title}</h1>
      <UpdateNotice />
      <ErrorState
        {...problem}
        onRetry={() => (error instanceof CombinedError ? void router.invalidate() : location.reload())}
      />
    </main>
  );
}
