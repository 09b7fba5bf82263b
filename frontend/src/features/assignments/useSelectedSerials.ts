import { useCallback } from "react";
import { useClient } from "urql";
import type { SelectedSerialsQuery } from "../../gql/graphql";
import { ask } from "../devices/ask";
import { type Selection, selectionWhere, sizeOf } from "../devices/selection";
import { useSerials } from "../devices/useSerials";
import { mostReleased, SelectedSerialsDocument } from "./disown";

/** The serial numbers of the devices of a selection that are in ABM now. Not asked for when they are too many, or nobody wants them. */
export function useSelectedSerials(selection: Selection | undefined) {
  const client = useClient();
  const tooMany = selection !== undefined && sizeOf(selection) > mostReleased;
  const read = useCallback(
    async (signal: AbortSignal) => {
      const where = selection && selectionWhere(selection);
      const serials: string[] = [];
      for (let after: string | null | undefined = null; where && after !== undefined; ) {
        const { devices }: SelectedSerialsQuery = await ask(client, SelectedSerialsDocument, { where, after }, signal);
        serials.push(...devices.nodes.map(({ serialNumber }) => serialNumber));
        after = devices.pageInfo.hasNextPage && serials.length <= mostReleased ? devices.pageInfo.endCursor : undefined;
      }
      return serials;
    },
    [client, selection],
  );
  const found = useSerials(selection && !tooMany ? read : undefined);
  return { ...found, tooMany: tooMany || (found.serials?.length ?? 0) > mostReleased };
}
