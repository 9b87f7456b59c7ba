import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { PLANTED } from "./planted-fake-secrets.ts";
import { root } from "./run-command.ts";

const folders = ["app", "components", "lib", "public"];
const configs = ["next.config.mjs", "postcss.config.mjs", "tsconfig.json", "package-lock.json"];
const sources = [...folders, ...configs, "proxy.ts", "instrumentation.ts"];

/** Whether .next has a production build that was made by the tests and is newer than all its sources. */
export function isBuilt(): boolean {
  const id = join(root, ".next/BUILD_ID");
  if (!existsSync(id) || !existsSync(join(root, PLANTED))) return false;
  const built = statSync(id).mtimeMs;
  return sources.every((source) => newestTime(join(root, source)) < built);
}

// Returns the time of the last change of a file, or of the last change in a folder. The time of the folder itself counts too,
// because a deleted file changes only the time of its folder.
function newestTime(path: string): number {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  const inside = stat.isDirectory() ? readdirSync(path).map((name) => newestTime(join(path, name))) : [];
  return Math.max(stat.mtimeMs, ...inside);
}
