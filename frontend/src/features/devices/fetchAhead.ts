import type { Client } from "@urql/core";
import { type DeviceSearch, orderOf, whereOf } from "./filter";
import { fetchAhead } from "./useDevicePages";

/** Asks for the first devices while the page is still being made, or only pointed at. */
export function fetchDevicesAhead(client: Client, search: DeviceSearch & { org?: string | undefined }) {
  fetchAhead(client, whereOf(search, search.org), orderOf(search));
}
