import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";

afterEach(() => void vi.restoreAllMocks());

async function readFrom(texts: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), "darkroom-content-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "content"));
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, "content", name), text);
  vi.spyOn(process, "cwd").mockReturnValue(folder);
  vi.resetModules();
  return (await import("@/lib/content")).readContent;
}

test("a page has the text of its file", async () => {
  const read = await readFrom({ "terms.md": "# Our terms\n" });
  expect(await read("terms")).toBe("# Our terms");
});

test("without a file, or with an empty one, there is no page", async () => {
  const read = await readFrom({ "terms.md": " \n" });
  expect([await read("terms"), await read("privacy")]).toEqual([null, null]);
});
