import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Program } from "./program";

const root = new URL("../..", import.meta.url).pathname;

/** A new database, and the data directory beside it. */
export type Database = { url: string; dataDir: string; remove: () => Promise<void> };

export async function makeDatabase(kind: "sqlite" | "postgres"): Promise<Database> {
  const dataDir = await mkdtemp(join(tmpdir(), "guardmdm-e2e-"));
  const removeDir = () => rm(dataDir, { recursive: true, force: true });
  if (kind === "sqlite") return { url: `sqlite:${join(dataDir, "guardmdm.db")}`, dataDir, remove: removeDir };
  const [postgres] = await Program.run("go", ["run", "./test/dbtest/pgtemp/cmd/pgtemp"], {}, [], root);
  const url = await postgres.ask("");
  return {
    url,
    dataDir,
    remove: async () => {
      await postgres.end();
      await removeDir();
    },
  };
}
