import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Env } from "./services";

/**
 * Returns `env`, with which the local services simulate a disk, and two functions. After `fill`, the disk seems to be full.
 * After `free`, it has room again. The tests need no special rights for this.
 */
export function createDisk() {
  const flag = join(mkdtempSync(join(tmpdir(), "darkroom-disk-")), "full");
  const env: Env = { FULL_DISK: flag, NODE_OPTIONS: `--import=${new URL("full-disk.ts", import.meta.url).href}` };
  return { env, fill: () => writeFileSync(flag, ""), free: () => rmSync(flag) };
}
