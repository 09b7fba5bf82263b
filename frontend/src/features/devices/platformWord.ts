import { wordFor } from "../../ui/vocabulary";
import type { Device } from "./device";

/** The platform's name; of one that GuardMDM does not know, the family as Apple wrote it. */
export function platformWord({ platform, deviceFamily }: Pick<Device, "platform" | "deviceFamily">): string {
  return platform === "UNKNOWN" && deviceFamily !== "" ? deviceFamily : wordFor("platform", platform);
}
