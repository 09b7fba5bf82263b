import { useLocation } from "@tanstack/react-router";
import { Join } from "../features/session/Join";

/** The code stands behind the #, as in the setup link. */
export function JoinPage() {
  const code = useLocation({ select: ({ hash }) => hash });
  return <Join key={code} code={code} onSignedIn={() => location.replace("/")} />;
}
