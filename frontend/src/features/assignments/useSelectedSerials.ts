import { useEffect, useState } from "react";
import { CombinedError, useClient } from "urql";
import type { SelectedSerialsQuery } from "../../gql/graphql";
import { problemOf, sentence } from "../../graphql/errors";
import { ask } from "../devices/ask";
import { type Selection, selectionWhere, sizeOf } from "../devices/selection";
import { mostReleased, SelectedSerialsDocument } from "./disown";

/** The serial numbers of the devices of a selection that are in ABM now. Not asked for when they are too many, or nobody wants them. */
export function useSelectedSerials(selection: Selection | undefined) {
  const client = useClient();
  const tooMany = selection !== undefined && sizeOf(selection) > mostReleased;
  const [found, setFound] = useState<{ serials?: readonly string[]; problem?: string }>({});
  useEffect(() => {
    if (!selection || tooMany) return;
    const controller = new AbortController();
    const where = selectionWhere(selection);
    const read = async () => {
      const serials: string[] = [];
      for (let after: string | null | undefined = null; after !== undefined; ) {
        const { devices }: SelectedSerialsQuery = await ask(
          client,
          SelectedSerialsDocument,
          { where, after },
          controller.signal,
        );
        serials.push(...devices.nodes.map(({ serialNumber }) => serialNumber));
        after = devices.pageInfo.hasNextPage && serials.length <= mostReleased ? devices.pageInfo.endCursor : undefined;
      }
      setFound({ serials });
    };
    read().catch((error: unknown) =>
      setFound({
        problem: error instanceof CombinedError ? sentence(problemOf(error)) : "GuardMDM did not answer.",
      }),
    );
    return () => controller.abort();
  }, [client, selection, tooMany]);
  return { ...found, tooMany: tooMany || (found.serials?.length ?? 0) > mostReleased };
}
