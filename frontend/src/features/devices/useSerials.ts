import { useEffect, useState } from "react";
import { CombinedError } from "urql";
import { problemOf, sentence } from "../../graphql/errors";

/**
 * Serial numbers that are asked for page after page, for what has to name each device. Nothing is asked for without `read`, which
 * has to stay the same function for as long as it asks for the same.
 */
export function useSerials(read: ((signal: AbortSignal) => Promise<readonly string[]>) | undefined) {
  const [found, setFound] = useState<{ serials?: readonly string[]; problem?: string }>({});
  useEffect(() => {
    if (!read) return;
    const controller = new AbortController();
    read(controller.signal).then(
      (serials) => setFound({ serials }),
      (error: unknown) =>
        setFound({
          problem: error instanceof CombinedError ? sentence(problemOf(error)) : "GuardMDM did not answer.",
        }),
    );
    return () => controller.abort();
  }, [read]);
  return found;
}
