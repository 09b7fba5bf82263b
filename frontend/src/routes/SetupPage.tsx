import { useLocation } from "@tanstack/react-router";
import { Setup } from "../features/setup/Setup";

/** The code stands behind the #: browsers keep that part to themselves, so that it is in no log. */
export function SetupPage() {
  const code = useLocation({ select: ({ hash }) => hash });
  return <Setup key={code} code={code} onCreated={() => location.replace("/setup/start")} />;
}
