import { DisruptedBanner } from "../abm-tokens/DisruptedBanner";
import { ConnectionStrip } from "./ConnectionStrip";
import { ServiceBanner } from "./ServiceBanner";
import { SessionEnding } from "./SessionEnding";

/** What concerns every page, under its top bar. */
export function Notices() {
  return (
    <>
      <ServiceBanner />
      <DisruptedBanner />
      <ConnectionStrip />
      <SessionEnding />
    </>
  );
}
