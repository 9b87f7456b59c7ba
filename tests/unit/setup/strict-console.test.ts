import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../../..");

/** Runs one test in a separate project with our set-up file, and returns the output of vitest. */
async function run(body: string) {
  const dir = await mkdtemp(join(root, "node_modules/.strict-console-"));
  const setup = join(root, "tests/setup/strict-console.ts");
  await writeFile(
    join(dir, "a.test.ts"),
    `import { expect, test, vi } from "vitest";\ntest("a", () => {\n${body}\n});\n`,
  );
  await writeFile(
    join(dir, "vitest.config.ts"),
    `export default { test: { setupFiles: ["${setup}"], root: "${dir}" } };\n`,
  );
  try {
    return await new Promise<string>((done) => {
      const args = [join(root, "node_modules/vitest/vitest.mjs"), "run", "--root", dir];
      execFile(process.execPath, args, { env: { ...process.env, NO_COLOR: "1" } }, (_, out, err) => done(out + err));
    });
  } finally {
    await rm(dir, { recursive: true });
  }
}

test("an unexpected line on the console fails its test", async () => {
  expect(await run('console.warn("boo", 7);')).toMatch(/unexpected on the console: warn boo 7/);
});

test("an expected line on the console passes", async () => {
  const body = 'const error = vi.spyOn(console, "error").mockImplementation(() => {});\nconsole.error("boo");\n';
  expect(await run(`${body}expect(error).toHaveBeenCalledWith("boo");`)).toMatch(/1 passed/);
});
