import { useEffect } from "react";
import { graphql } from "../../gql";
import { useApi } from "../../graphql/ApiContext";
import { useOrganization } from "../shell/OrganizationSwitcher";
import { liveKinds } from "./liveKinds";

const FleetEventsDocument = graphql(`
  subscription FleetEvents($abmTokenId: ID, $kinds: [DeviceEventKind!]) {
    fleetEvents(abmTokenId: $abmTokenId, kinds: $kinds) {
      kind
    }
  }
`);

/** Has what is on screen fetched again as devices enroll. */
export function FleetEvents() {
  const { client, refresher } = useApi();
  const abmTokenId = useOrganization()?.id ?? null;
  useEffect(() => {
    const events = client
      .subscription(FleetEventsDocument, { abmTokenId, kinds: liveKinds })
      .subscribe(({ data }) => data && refresher.soon());
    return events.unsubscribe;
  }, [client, refresher, abmTokenId]);
  return null;
}
