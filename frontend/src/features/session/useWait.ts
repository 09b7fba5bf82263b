import { useState } from "react";
import { serverNow, useNow } from "../../lib/useNow";

/** A wait that the server asked for. */
export type Wait = {
  /** Milliseconds that are left; 0 when nobody has to wait. */
  left: number;
  begin: (seconds: number) => void;
};

export function useWait(): Wait {
  const [until, setUntil] = useState(0);
  const left = Math.max(0, until - useNow());
  return { left, begin: (seconds) => setUntil(serverNow() + seconds * 1_000) };
}
