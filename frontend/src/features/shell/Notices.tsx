import { DisruptedBanner } from "../abm-tokens/DisruptedBanner";
import { ConnectionStrip } from "./ConnectionStrip";
import { ServiceBanner } from "./ServiceBanner";
import { SessionEnding } from "./SessionEnding";
import { UpdateNotice } from "./UpdateNotice";

/** What concerns every page, under its top bar. */
export function Notices() {
  return (
    <>
      <UpdateNotice />
      <ServiceBanner />
      <DisruptedBanner />
      <ConnectionStrip />
      <SessionEnding />
    </>
  );
}
