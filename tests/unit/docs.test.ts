import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const folders = "{app,components,lib,sandbox,supabase}";
const documents = globSync(["*.md", "docs/*.md", "sandbox/*.md"], { cwd: root }).toSorted();
const code = globSync([`${folders}/**/*.{ts,tsx,sql}`, "oxlint*.ts", "package.json", "supabase/config.toml"], {
  cwd: root,
});
/** Matches the path of a file or folder of the repository, in back-ticks. */
const PATH =
  /`((?:app|components|docs|lib|public|sandbox|scripts|supabase|tests|\.github)(?:\/[\w.[\]-]+)*\/?|oxlint[\w.]+|\w+\.config\.\w+|(?:package|vercel|tsconfig)\.json|(?:proxy|instrumentation)\.ts|\.env\.example|[A-Z]+\.md)`/g;
/** Matches the name of a function, a column or a type, in back-ticks. */
const IDENTIFIER = /`(\w*[a-z][A-Z]\w*|[a-z]+(?:_[a-z]+)+)(?:\(\w*\))?`/g;

/** The names in back-ticks in the first cells of a document's tables. */
function namesInTables(text: string): string[] {
  const cells = [...text.matchAll(/^\|\s*(`.*?`(?:, `.*?`)*)\s*\|/gm)].map(([, cell = ""]) => cell);
  return cells.flatMap((cell) => [...cell.matchAll(/`(.*?)`/g)].map(([, name = ""]) => name));
}

/** The anchors of a document's headings, as GitHub makes them. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, "")
      .replaceAll(" ", "-"),
  );
}

test.each(documents)("every relative link of %s leads somewhere", (document) => {
  const links = [...read(document).matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)].map(
    ([, link, source]) => link ?? source ?? "",
  );
  const broken = links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [path = "", anchor] = link.split("#");
    const target = path ? join(dirname(document), path) : document;
    if (!existsSync(join(root, target))) return true;
    return anchor !== undefined && !anchorsOf(read(target)).includes(anchor);
  });
  expect(broken).toEqual([]);
});

test.each(documents)("every path that %s names exists", (document) => {
  const names = [...read(document).matchAll(PATH)].map(([, name = ""]) => name);
  const missing = names.filter(
    (name) => !existsSync(join(root, name)) && !existsSync(join(root, dirname(document), name)),
  );
  expect(missing).toEqual([]);
});

test("every name in the code that a document mentions exists", () => {
  const words = new Set(code.flatMap((path) => read(path).match(/\w+/g) ?? []));
  const named = documents.flatMap((document) =>
    [...read(document).matchAll(IDENTIFIER)].map(([, name = ""]) => ({ document, name })),
  );
  expect(named.filter(({ name }) => !words.has(name))).toEqual([]);
});

test("docs/api.md names exactly the routes of app/api", () => {
  const routes = globSync("**/route.ts", { cwd: join(root, "app/api") })
    .filter((file) => !file.includes("[[..."))
    .flatMap((file) => {
      const path = `/api/${dirname(file).replaceAll(/\[(\w+)\]/g, ":$1")}`;
      const source = read(join("app/api", file));
      const methods = [...source.matchAll(/^export (?:const (GET|POST|PUT|PATCH|DELETE)\b|\{ (.*) \};)/gm)];
      return methods
        .flatMap(([, one, several = ""]) => one ?? [...several.matchAll(/as (\w+)/g)].map(([, name]) => name))
        .map((method) => `${method} ${path}`);
    });
  const documented = namesInTables(read("docs/api.md")).filter((name) => /^[A-Z]+ \/api\//.test(name));
  expect(documented.toSorted()).toEqual(routes.toSorted());
});

test("docs/api.md names every error with its status", () => {
  const known = [...read("lib/errors.ts").matchAll(/^ {2}(\w+): (\d{3}),$/gm)].map(
    ([, type, status]) => `${status} ${type}`,
  );
  const documented = [...read("docs/api.md").matchAll(/^\| (\d{3}) +\|(.*)$/gm)].flatMap(([, status, types = ""]) =>
    [...types.matchAll(/`(\w+)`/g)]
      .map(([, type]) => `${status} ${type}`)
      .filter((name) => !name.endsWith("request_id")),
  );
  expect(documented.toSorted()).toEqual(known.toSorted());
});

test("docs/configuration.md names every variable of .env.example", () => {
  const variables = [...read(".env.example").matchAll(/^([A-Z][A-Z_]+)=/gm)].map(([, name = ""]) => name);
  const documented = namesInTables(read("docs/configuration.md"));
  expect(documented.filter((name) => name !== "SANDBOX").toSorted()).toEqual(variables.toSorted());
});

test("every npm script that a document names exists", () => {
  const scripts = Object.keys(JSON.parse(read("package.json")).scripts);
  const named = [...documents, ".github/workflows/ci.yml"].flatMap((path) =>
    [...read(path).matchAll(/npm run ([\w:]+)/g)].map(([, name = ""]) => name),
  );
  const [, matrix = ""] = /part: \[(.*)\]/.exec(read(".github/workflows/ci.yml")) ?? [];
  const parts = matrix.split(", ").map((part) => part.replaceAll('"', ""));
  expect([...named, ...parts].filter((name) => !scripts.includes(name))).toEqual([]);
});

test("the reading path is 20 files, as the docs say, and can be read in an hour", () => {
  const rows = [...read("ARCHITECTURE.md").matchAll(/^\| +(\d+) \| `([^`]+)`/gm)];
  const files = rows.map(([, lines, path = ""]) => ({
    path,
    said: Number(lines),
    is: read(path).split("\n").length - 1,
  }));
  expect(files).toHaveLength(20);
  for (const document of ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])
    expect(read(document)).toMatch(/\b20 files\b/);
  expect(files.filter(({ said, is }) => Math.abs(said - is) > 25)).toEqual([]);
  const total = files.reduce((sum, { is }) => sum + is, 0);
  expect(total).toBeLessThan(1_775);
});
