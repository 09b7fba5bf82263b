import { Link } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";

export function RouteNotFound() {
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <title>Not found · GuardMDM</title>
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        icon={<Compass />}
        title="There is nothing at this address"
        action={<Button render={<Link to="/" />}>Go to the overview</Button>}
      >
        The link may be old, or mistyped.
      </EmptyState>
    </main>
  );
}
