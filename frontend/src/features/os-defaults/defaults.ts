import { graphql } from "../../gql";
import type { OsDefaultFragment as Fields, OsDefaultsRowQuery } from "../../gql/graphql";
import { platformsOfSystem, type System } from "../ade-profiles/systems";

export const DefaultFragment = graphql(`
  fragment OsDefault on DefaultADEProfile {
    id
    platform
    adeProfile {
      id
      name
    }
    abmToken {
      id
    }
  }
`);

export type OsDefault = Fields;

export const DefaultsDocument = graphql(`
  query OsDefaults {
    defaultADEProfiles {
      id
      ...OsDefault
    }
  }
`);

/** How an organization's devices come by their profiles: how many wait for a default, and how many have one by it. */
export const DefaultsRowDocument = graphql(`
  query OsDefaultsRow($abmTokenId: ID!) {
    fleetSummary(abmTokenId: $abmTokenId) {
      platforms {
        platform
        devices
      }
    }
    iosWaiting: devices(
      first: 0
      where: { abmTokenId: $abmTokenId, platformIn: [IOS, IPADOS], profileSource: NONE, removedAtIsNil: true }
    ) {
      totalCount
    }
    macosWaiting: devices(
      first: 0
      where: { abmTokenId: $abmTokenId, platformIn: [MACOS], profileSource: NONE, removedAtIsNil: true }
    ) {
      totalCount
    }
    tvosWaiting: devices(
      first: 0
      where: { abmTokenId: $abmTokenId, platformIn: [TVOS], profileSource: NONE, removedAtIsNil: true }
    ) {
      totalCount
    }
    visionosWaiting: devices(
      first: 0
      where: { abmTokenId: $abmTokenId, platformIn: [VISIONOS], profileSource: NONE, removedAtIsNil: true }
    ) {
      totalCount
    }
    iosByDefault: devices(
      first: 0
      where: { abmTokenId: $abmTokenId, platformIn: [IOS, IPADOS], profileSource: PLATFORM_DEFAULT, removedAtIsNil: true }
    ) {
      totalCount
    }
    macosByDefault: devices(
      first: 0
      where: { abmTokenId: $abmTokenId, platformIn: [MACOS], profileSource: PLATFORM_DEFAULT, removedAtIsNil: true }
    ) {
      totalCount
    }
    tvosByDefault: devices(
      first: 0
      where: { abmTokenId: $abmTokenId, platformIn: [TVOS], profileSource: PLATFORM_DEFAULT, removedAtIsNil: true }
    ) {
      totalCount
    }
    visionosByDefault: devices(
      first: 0
      where: { abmTokenId: $abmTokenId, platformIn: [VISIONOS], profileSource: PLATFORM_DEFAULT, removedAtIsNil: true }
    ) {
      totalCount
    }
  }
`);

/** How many devices each kind of rule decides for, of one organization or of all. */
export const RuleCountsDocument = graphql(`
  query OsDefaultsRuleCounts($abmTokenId: ID) {
    own: devices(first: 0, where: { abmTokenId: $abmTokenId, profileSource: DEVICE, removedAtIsNil: true }) {
      totalCount
    }
    group: devices(first: 0, where: { abmTokenId: $abmTokenId, profileSource: GROUP, removedAtIsNil: true }) {
      totalCount
    }
    byDefault: devices(
      first: 0
      where: { abmTokenId: $abmTokenId, profileSource: PLATFORM_DEFAULT, removedAtIsNil: true }
    ) {
      totalCount
    }
    none: devices(first: 0, where: { abmTokenId: $abmTokenId, profileSource: NONE, removedAtIsNil: true }) {
      totalCount
    }
  }
`);

/** Devices of a cell: all, those that wait for a default, those that have one by it. */
export type CellCounts = { devices: number; waiting: number; byDefault: number };

export function countsOf(row: OsDefaultsRowQuery, system: System): CellCounts {
  return {
    devices: row.fleetSummary.platforms
      .filter(({ platform }) => platformsOfSystem[system].includes(platform))
      .reduce((sum, { devices }) => sum + devices, 0),
    waiting: row[`${system}Waiting`].totalCount,
    byDefault: row[`${system}ByDefault`].totalCount,
  };
}

/** The default of a system for an organization's devices alone, or with none given for all that have no own. */
export function defaultOf(
  defaults: readonly OsDefault[],
  system: System,
  organizationId: string | undefined,
): OsDefault | undefined {
  return defaults.find(
    ({ platform, abmToken }) => platform === platformsOfSystem[system][0] && abmToken?.id === organizationId,
  );
}
