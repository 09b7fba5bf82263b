import type { DeviceOrder, DeviceWhereInput, Platform } from "../../gql/graphql";

/** How the URL narrows and orders the list. */
export type DeviceSearch = {
  q?: string | undefined;
  platform?: string | undefined;
  status?: "removed" | "all" | undefined;
  sort?: "serial" | "-serial" | "added" | undefined;
};

/** Apple lists no watches here, so that there is no filter for them. */
export const platforms = [
  "IOS",
  "IPADOS",
  "MACOS",
  "TVOS",
  "VISIONOS",
  "UNKNOWN",
] as const satisfies readonly Platform[];

/** What can be the beginning of a serial number: people paste them with spaces and hyphens. */
export function asSerial(text: string): string {
  return text
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "")
    .slice(0, 64);
}

export function platformsOf(text: string | undefined): readonly Platform[] {
  const named = text?.split(",") ?? [];
  return platforms.filter((platform) => named.includes(platform));
}

export function whereOf(search: DeviceSearch, organizationId: string | undefined): DeviceWhereInput {
  const serial = asSerial(search.q ?? "");
  const platformIn = [...platformsOf(search.platform)];
  return {
    ...(serial !== "" && { serialNumberHasPrefix: serial }),
    ...(platformIn.length > 0 && { platformIn }),
    ...(search.status === undefined && { removedAtIsNil: true }),
    ...(search.status === "removed" && { removedAtNotNil: true }),
    ...(organizationId !== undefined && { abmTokenId: organizationId }),
  };
}

/** Where the server has the devices that match as a file. */
export function exportUrl(where: DeviceWhereInput): string {
  const filter = JSON.stringify(where);
  return `/export/devices.csv${filter === "{}" ? "" : `?${new URLSearchParams({ where: filter })}`}`;
}

export function orderOf(sort: DeviceSearch["sort"]): DeviceOrder {
  return {
    field: sort === "serial" || sort === "-serial" ? "SERIAL_NUMBER" : "ADDED_AT",
    direction: sort === "serial" || sort === "added" ? "ASC" : "DESC",
  };
}

/** The order that a press on a column's header leads to. */
export function nextSort(column: string, sort: DeviceSearch["sort"]): DeviceSearch["sort"] {
  if (column === "serial") return sort === "serial" ? "-serial" : "serial";
  return sort === undefined ? "added" : undefined;
}
