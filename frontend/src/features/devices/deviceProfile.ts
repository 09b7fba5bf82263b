import { graphql } from "../../gql/gql";
import type { DeviceProfileFragment as Fields } from "../../gql/graphql";

export type DeviceProfile = Fields;
export type ExplanationStep = Fields["profileExplanation"][number];

/** Why a device has its profile, and whether Apple has it so. */
export const DeviceProfileFragment = graphql(`
  fragment DeviceProfile on Device {
    id
    serialNumber
    removedAt
    profileSource
    assignmentStatus
    hasForeignProfile
    appliesAfterErase
    mdmMigrationDeadline
    assignmentProblem {
      code
      message
      hint
      nextAttemptAt
      attempts
    }
    profileExplanation {
      source
      verdict
      text
      adeProfile {
        id
        name
      }
      deviceGroup {
        id
        name
        position
      }
      abmToken {
        id
        name
      }
    }
    deviceGroups {
      id
      name
    }
  }
`);

/** The rungs of the ladder, in the order in which they are asked. */
const rungs = ["DEVICE", "GROUP", "PLATFORM_DEFAULT", "NONE"] as const;

export type Rung = {
  source: string;
  /** What the rules of this kind say; none where nothing of the kind is set. */
  steps: readonly ExplanationStep[];
  state: "decides" | "overruled" | "empty";
};

/** The steps by their rungs. A kind of rule that is not known keeps its place. */
export function ladderOf(steps: readonly ExplanationStep[]): Rung[] {
  const sources = new Set<string>([...rungs.slice(0, 3), ...steps.map(({ source }) => source), "NONE"]);
  sources.delete("NONE"); // it comes last
  return [...sources, "NONE"].map((source) => {
    const own = steps.filter((step) => step.source === source);
    const decides = own.some(({ verdict }) => verdict === "DECIDES");
    const overruled = own.some(({ verdict }) => verdict === "OVERRULED");
    return { source, steps: own, state: decides ? "decides" : overruled ? "overruled" : "empty" };
  });
}
