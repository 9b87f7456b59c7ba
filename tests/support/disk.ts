import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Env } from "./services";

/** Settings for local services whose disk a test can fill, as any user. */
export function createDisk() {
  const flag = join(mkdtempSync(join(tmpdir(), "darkroom-disk-")), "full");
  const env: Env = { FULL_DISK: flag, NODE_OPTIONS: `--import=${new URL("full-disk.ts", import.meta.url).href}` };
  return { env, fill: () => writeFileSync(flag, ""), free: () => rmSync(flag) };
}
