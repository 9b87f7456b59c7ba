import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServices } from "./services";

/** The folder of the PGlite database, in the data folder of a sandbox. */
const DATABASE = "supabase/database";

/**
 * Creates a data folder for a sandbox. If PGLITE_TEMPLATE is set, the folder contains a copy of the database in that data folder.
 * Then the sandbox starts in less than half of the time that it needs to create a new PGlite database.
 */
export function createDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "darkroom-"));
  const template = process.env.PGLITE_TEMPLATE;
  if (template) cpSync(join(template, DATABASE), join(folder, DATABASE), { recursive: true });
  return folder;
}

/** Creates a new PGlite database, sets PGLITE_TEMPLATE to its data folder, and returns a function that removes the folder. */
export async function createPgliteTemplate(): Promise<() => void> {
  const folder = createDataFolder();
  const services = await startServices({ SANDBOX_DIR: folder, PORT: "1" });
  await services.process.kill("SIGTERM");
  process.env.PGLITE_TEMPLATE = folder;
  return () => rmSync(folder, { recursive: true });
}
