import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { PLANTED } from "./planted-secrets.ts";
import { root } from "./run-command.ts";

const folders = ["app", "components", "lib", "public"];
const configs = ["next.config.mjs", "postcss.config.mjs", "tsconfig.json", "package-lock.json"];
const sources = [...folders, ...configs, "proxy.ts", "instrumentation.ts"];

/** Whether .next holds a production build that the tests have made, and that is younger than everything it was made from. */
export function isBuilt(): boolean {
  const id = join(root, ".next/BUILD_ID");
  if (!existsSync(id) || !existsSync(join(root, PLANTED))) return false;
  const built = statSync(id).mtimeMs;
  return sources.every((source) => youngest(join(root, source)) < built);
}

// A folder counts itself: a file taken away leaves no other trace.
function youngest(path: string): number {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  const inside = stat.isDirectory() ? readdirSync(path).map((name) => youngest(join(path, name))) : [];
  return Math.max(stat.mtimeMs, ...inside);
}
