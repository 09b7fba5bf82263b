import { useEffect, useState } from "react";
import { CombinedError, useClient } from "urql";
import { graphql } from "../../gql";
import type { DeviceRuleInput } from "../../gql/graphql";
import { problemOf } from "../../graphql/errors";
import { ask } from "../devices/ask";

const RuleMatchesDocument = graphql(`
  query DeviceRuleMatches($rule: DeviceRuleInput!) {
    deviceRuleMatches(rule: $rule) {
      devices
      exact
    }
  }
`);

export type Matches = {
  /** Undefined until the first answer; while another rule is counted, the number of the one before. */
  devices: number | undefined;
  exact: boolean;
  counting: boolean;
  problem: string | undefined;
};

export const settleFor = 250;
const none = { devices: undefined, exact: true, problem: undefined };

/** How many devices match a rule, once typing rests. An answer for an older rule is dropped. */
export function useRuleMatches(rule: DeviceRuleInput | undefined): Matches {
  const client = useClient();
  const key = rule ? JSON.stringify(rule) : "";
  const [answer, setAnswer] = useState<Omit<Matches, "counting"> & { key: string }>({ key: "", ...none });

  useEffect(() => {
    if (key === "") return;
    const controller = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const rule = JSON.parse(key) as DeviceRuleInput;
        const { deviceRuleMatches } = await ask(client, RuleMatchesDocument, { rule }, controller.signal);
        setAnswer({ key, devices: deviceRuleMatches.devices, exact: deviceRuleMatches.exact, problem: undefined });
      } catch (error) {
        const problem = error instanceof CombinedError ? problemOf(error).message : "GuardMDM did not answer.";
        setAnswer({ key, ...none, problem });
      }
    }, settleFor);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [client, key]);

  if (key === "") return { ...none, counting: false };
  return { ...answer, counting: answer.key !== key };
}
