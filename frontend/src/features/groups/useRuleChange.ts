import { useEffect, useState } from "react";
import { CombinedError, useClient } from "urql";
import { graphql } from "../../gql";
import type { DeviceGroupRuleChangeQuery, DeviceRuleInput } from "../../gql/graphql";
import { problemOf } from "../../graphql/errors";
import { ask } from "../devices/ask";
import { settleFor } from "./useRuleMatches";

const RuleChangeDocument = graphql(`
  query DeviceGroupRuleChange($deviceGroupId: ID!, $rule: DeviceRuleInput!) {
    deviceGroupRuleChange(deviceGroupId: $deviceGroupId, rule: $rule) {
      joining {
        devices
        exact
        examples {
          id
          serialNumber
          model
        }
      }
      leaving {
        devices
        exact
        examples {
          id
          serialNumber
          model
        }
      }
    }
  }
`);

export type RuleChange = NonNullable<DeviceGroupRuleChangeQuery["deviceGroupRuleChange"]>;

type Answer = { key: string; change?: RuleChange; problem?: string };

/** Which devices would join a group and which would leave it by another rule, once typing rests; undefined without a group or a rule. */
export function useRuleChange(deviceGroupId: string | undefined, rule: DeviceRuleInput | undefined) {
  const client = useClient();
  const key = deviceGroupId && rule ? JSON.stringify({ deviceGroupId, rule }) : "";
  const [answer, setAnswer] = useState<Answer>({ key: "" });

  useEffect(() => {
    if (key === "") return;
    const controller = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const variables = JSON.parse(key) as { deviceGroupId: string; rule: DeviceRuleInput };
        const { deviceGroupRuleChange: change } = await ask(client, RuleChangeDocument, variables, controller.signal);
        setAnswer(change ? { key, change } : { key, problem: "The group was deleted meanwhile." });
      } catch (error) {
        const problem = error instanceof CombinedError ? problemOf(error).message : "GuardMDM did not answer.";
        setAnswer({ key, problem });
      }
    }, settleFor);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [client, key]);

  if (key === "") return { change: undefined, problem: undefined, counting: false };
  return { change: answer.change, problem: answer.problem, counting: answer.key !== key };
}
