import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { zip, type ZipEntry } from "@/lib/media/formats/zip";

const createdAt = new Date("2026-11-21T14:32:08Z");

async function bytesOf(entries: ZipEntry[]) {
  async function* each() {
    yield* entries;
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of zip(each())) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const hasPython = spawnSync("python3", ["--version"]).status === 0;

test.skipIf(!hasPython)("an archive holds the files under their names, as another program reads it", async () => {
  const image = Buffer.alloc(300_000, 7);
  const archive = await bytesOf([
    { name: "a-fox.png", createdAt, chunks: [image.subarray(0, 1000), image.subarray(1000)] },
    { name: "l-été-雨.json", createdAt, chunks: [Buffer.from('{"prompt":"été"}')] },
    { name: "empty.txt", createdAt, chunks: [] },
  ]);
  const folder = mkdtempSync(join(tmpdir(), "zip-"));
  try {
    writeFileSync(join(folder, "a.zip"), archive);
    const script = `
import zipfile, json
z = zipfile.ZipFile("a.zip")
assert z.testzip() is None
z.extractall("out")
print(json.dumps([[i.filename, i.file_size, i.date_time] for i in z.infolist()]))`;
    const listed: unknown = JSON.parse(execFileSync("python3", ["-c", script], { cwd: folder }).toString());
    const when = [2026, 11, 21, 14, 32, 8];
    expect(listed).toEqual([
      ["a-fox.png", 300_000, when],
      ["l-été-雨.json", 18, when],
      ["empty.txt", 0, when],
    ]);
    expect(readFileSync(join(folder, "out/a-fox.png")).equals(image)).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("files are read only when the reader asks for them, and no more after it stops", async () => {
  const read: string[] = [];
  async function* entries() {
    for (const name of ["one", "two", "three"]) {
      read.push(name);
      yield { name, createdAt, chunks: [Buffer.from(name)] };
    }
  }
  const archive = zip(entries());
  expect(read).toEqual([]);
  for (let chunk = 0; chunk < 2; chunk += 1) await archive.next();
  expect(read).toEqual(["one"]);
  await archive.return(undefined);
  expect(read).toEqual(["one"]);
});
