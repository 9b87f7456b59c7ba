import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { adminUsers, componentLayers, generateLayers, layers } from "@/oxlint.layers";
import { clean, violations } from "./violations";

type Diagnostic = { code: string; filename: string };

const root = resolve(import.meta.dirname, "../../..");
const refusals = new Map<string, string[]>();
let project: string;

/** Makes a small project with our lint files and every violation, and lints it once. */
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "darkroom-lint-"));
  await symlink(join(root, "node_modules"), join(project, "node_modules"));
  for (const file of ["oxlint.config.ts", "oxlint.layers.ts", "oxlint.rules.ts", "tsconfig.json"])
    await cp(join(root, file), join(project, file));
  for (const [path, code] of [...violations.map(({ path, code }) => [path, code] as const), ...clean]) {
    await mkdir(dirname(join(project, path)), { recursive: true });
    await writeFile(join(project, path), code);
  }
  for (const { code, filename } of await lint(project)) {
    // `code` has the form `plugin(rule)`. Only the rule is kept.
    refusals.set(filename, [...(refusals.get(filename) ?? []), code.replace(/^.*\((.+)\)$/, "$1")]);
  }
}, 60_000);

afterAll(() => rm(project, { recursive: true, force: true }));

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

test.each(clean)("lint accepts %s", (path) => {
  expect(refusals.get(path)).toBeUndefined();
});

const namesIn = async (folder: string) =>
  (await readdir(join(root, folder))).map((name) => name.replace(/\.tsx?$/, ""));

test.each([
  ["lib", layers],
  ["components", componentLayers],
  ["components/generate", generateLayers],
])("the layers of %s name all of its files and folders, and no others", async (folder, table) => {
  const listed = table.flat();
  // If the files of a folder are in several rows of the table, the folder is listed file by file.
  const split = new Set(listed.filter((name) => name.includes("/")).map(dirname));
  const files = (await namesIn(folder)).map(async (name) =>
    split.has(name) ? (await namesIn(`${folder}/${name}`)).map((file) => `${name}/${file}`) : [name],
  );
  expect(listed.toSorted()).toEqual((await Promise.all(files)).flat().toSorted());
});

test.each(adminUsers)("%s still needs the admin client", async (path) => {
  expect(await readFile(join(root, path), "utf8")).toContain('from "@/lib/supabase/admin-client"');
});
