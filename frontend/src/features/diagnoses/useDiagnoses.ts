import { useCallback, useEffect, useRef } from "react";
import { useQuery } from "urql";
import { serverNow } from "../../lib/useNow";
import { DiagnosesDocument, diagnosesContext } from "./diagnosis";

const every = 60_000; // what changes without a sync or an act here, such as a token that nears its end

export function useEveryMinute(again: () => void) {
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) again();
    }, every);
    return () => clearInterval(timer);
  }, [again]);
}

/** What is wrong, asked again every minute and whenever something is changed here. */
export function useDiagnoses(abmTokenId: string | undefined) {
  const [{ data, error, fetching }, refetch] = useQuery({
    query: DiagnosesDocument,
    variables: { abmTokenId: abmTokenId ?? null },
    context: diagnosesContext,
  });
  const again = useCallback(() => refetch({ requestPolicy: "network-only" }), [refetch]);
  useEveryMinute(again);
  const answered = useRef<{ data: unknown; at: number }>(undefined);
  if (data && answered.current?.data !== data) answered.current = { data, at: serverNow() };
  return { found: data?.diagnoses, error, fetching, again, checkedAt: answered.current?.at };
}
