import { useEffect } from "react";
import { graphql } from "../../gql";
import type { DeviceEventKind } from "../../gql/graphql";
import { useApi } from "../../graphql/ApiContext";
import { useOrganization } from "../shell/OrganizationSwitcher";

const FleetEventsDocument = graphql(`
  subscription FleetEvents($abmTokenId: ID, $kinds: [DeviceEventKind!]) {
    fleetEvents(abmTokenId: $abmTokenId, kinds: $kinds) {
      kind
    }
  }
`);

// What devices do themselves, and what they are told. Syncs and assignments tell of the rest as they run.
const kinds: DeviceEventKind[] = [
  "PROFILE_FETCHED",
  "ENROLLMENT_REFUSED",
  "ENROLLING",
  "ENROLLED",
  "RELEASED",
  "UNENROLLED",
  "COMMAND_QUEUED",
  "COMMAND_ACKNOWLEDGED",
  "COMMAND_FAILED",
];

/** Has what is on screen fetched again as devices enroll. */
export function FleetEvents() {
  const { client, refresher } = useApi();
  const abmTokenId = useOrganization()?.id ?? null;
  useEffect(() => {
    const events = client
      .subscription(FleetEventsDocument, { abmTokenId, kinds })
      .subscribe(({ data }) => data && refresher.soon());
    return events.unsubscribe;
  }, [client, refresher, abmTokenId]);
  return null;
}
