import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { layers } from "@/oxlint.config";
import { clean, violations } from "./plants";

type Diagnostic = { code: string; filename: string };

const root = resolve(import.meta.dirname, "../../..");
const refusals = new Map<string, string[]>();
let house: string;

/** Builds a small house of its own, with our lint files and every planted violation, and lints it once. */
beforeAll(async () => {
  house = await mkdtemp(join(tmpdir(), "darkroom-lint-"));
  await symlink(join(root, "node_modules"), join(house, "node_modules"));
  for (const file of ["oxlint.config.ts", "oxlint.rules.ts", "tsconfig.json"])
    await cp(join(root, file), join(house, file));
  for (const [path, code] of [...violations.map((plant) => [plant.path, plant.code] as const), ...clean]) {
    await mkdir(dirname(join(house, path)), { recursive: true });
    await writeFile(join(house, path), code);
  }
  for (const { code, filename } of await lint(house)) {
    // A code reads `plugin(rule)`.
    refusals.set(filename, [...(refusals.get(filename) ?? []), code.replace(/^.*\((.+)\)$/, "$1")]);
  }
}, 60_000);

afterAll(() => rm(house, { recursive: true, force: true }));

function lint(cwd: string) {
  const oxlint = join(root, "node_modules/oxlint/bin/oxlint");
  return new Promise<Diagnostic[]>((done, fail) => {
    execFile(process.execPath, [oxlint, "--format", "json"], { cwd, maxBuffer: 2 ** 26 }, (_, stdout, stderr) => {
      try {
        done((JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics);
      } catch {
        fail(new Error(stdout + stderr));
      }
    });
  });
}

test.each(violations)("lint refuses $what ($path)", ({ path, rule }) => {
  expect(refusals.get(path)).toContain(rule);
});

test.each(clean)("lint has nothing to say about %s", (path) => {
  expect(refusals.get(path)).toBeUndefined();
});

test("everything in lib has its place in the layers", async () => {
  const names = (await readdir(join(root, "lib"))).map((name) => name.replace(/\.ts$/, ""));
  expect(layers.flat()).toEqual(expect.arrayContaining(names));
});
