/** What became of the rows of a list of serial numbers. */
export type Imported = {
  id: string;
  known: number;
  unknown: number;
  duplicates: number;
  invalid: number;
  /** Where the server has the list, row by row, as a file. */
  report: string;
};

export const mostBytes = 64 * 1024 * 1024;

/** A refusal of the server, in its words. */
class ImportError extends Error {}

/** Sends a list of serial numbers, one a row. It fails with an Error whose message is for people. */
export async function importSerials(list: Blob): Promise<Imported> {
  try {
    const answer = await fetch("/import/serials", {
      method: "POST",
      body: list,
      headers: { "Content-Type": "text/csv" },
      credentials: "same-origin",
    });
    const body = await answer.json();
    if (answer.ok) return body as Imported;
    const [first] = body.errors ?? [];
    throw new ImportError([first?.message, first?.extensions?.hint].filter(Boolean).join(" "));
  } catch (error) {
    if (error instanceof ImportError && error.message) throw error;
    throw new Error(
      "The list did not reach GuardMDM, or its answer did not come back. Check your connection, and send it again.",
    );
  }
}
