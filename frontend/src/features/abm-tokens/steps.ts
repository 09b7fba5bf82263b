import { useSession } from "../session/session";
import { portalOf } from "./portal";

/** The four steps of connecting an organization, with where each happens. */
export function useConnectSteps() {
  return useSteps("Generate the token key");
}

/** The four steps of a renewal. */
export function useRenewalSteps() {
  return useSteps("Generate a new key");
}

function useSteps(first: string) {
  const { place } = portalOf(useSession().instance);
  return [
    { title: first, description: "GuardMDM makes a key pair" },
    { title: "Upload the public key", description: place },
    { title: "Download the server token", description: place },
    { title: "Upload the token here", description: "GuardMDM checks it" },
  ];
}
