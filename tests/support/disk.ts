import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Env } from "./services";

/**
 * Returns settings that give the local services a simulated disk: `fill` makes it full, and `free` makes room again. This needs
 * no special rights.
 */
export function createDisk() {
  const flag = join(mkdtempSync(join(tmpdir(), "darkroom-disk-")), "full");
  const env: Env = { FULL_DISK: flag, NODE_OPTIONS: `--import=${new URL("full-disk.ts", import.meta.url).href}` };
  return { env, fill: () => writeFileSync(flag, ""), free: () => rmSync(flag) };
}
