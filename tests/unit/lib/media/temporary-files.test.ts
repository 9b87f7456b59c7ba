import { mkdtempSync, readdirSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import type os from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { expect, onTestFinished, test, vi } from "vitest";
import { UnavailableFile } from "@/lib/media/file-errors";
import { removeLeftovers, storeTemporarily } from "@/lib/media/temporary-files";

const MB = 1_000_000;
const system = vi.hoisted(() => ({ folder: "" }));
vi.mock("node:os", () => ({ tmpdir: () => system.folder }));

/** Creates an empty folder, which is the system's temporary folder until the test ends. */
async function useFolder() {
  const { tmpdir } = await vi.importActual<typeof os>("node:os");
  system.folder = mkdtempSync(join(tmpdir(), "temporary-files-"));
  onTestFinished(() => rm(system.folder, { recursive: true, force: true }));
}

/** The paths of all files in the temporary folder of the system. */
const listFiles = () =>
  readdirSync(system.folder, { recursive: true, encoding: "utf8" }).filter((path) => path.includes("/"));

async function* chunks(count: number, failure?: Error) {
  for (let index = 0; index < count; index += 1) yield new Uint8Array(MB).fill(index);
  if (failure) throw failure;
}

test("a small file is stored in memory, a large one on the disk until it is removed", async () => {
  await useFolder();
  const small = await storeTemporarily(chunks(4), 10 * MB);
  expect([small?.blob.size, readdirSync(system.folder)]).toEqual([4 * MB, []]);

  const large = await storeTemporarily(chunks(6), 10 * MB);
  const [path = ""] = listFiles();
  expect(path).toMatch(new RegExp(`^darkroom-${process.pid}-`));
  expect(statSync(join(system.folder, path)).size).toBe(6 * MB);
  // No other user of this machine can open the folder of the file.
  expect(statSync(join(system.folder, path, "..")).mode & 0o077).toBe(0);
  expect(await large?.blob.slice(5 * MB - 1, 5 * MB + 1).bytes()).toEqual(new Uint8Array([4, 5]));

  await large?.remove();
  await small?.remove();
  expect(readdirSync(system.folder)).toEqual([]);
});

test("nothing is left of a file that is too large, or that breaks off", async () => {
  await useFolder();
  expect(await storeTemporarily(chunks(8), 7 * MB)).toBeNull();
  const failure = new UnavailableFile("unavailable", "The connection was lost.");
  await expect(storeTemporarily(chunks(6, failure), 10 * MB)).rejects.toBe(failure);
  expect(readdirSync(system.folder)).toEqual([]);
});

test("a failure of the disk is not a failure of the sender", async () => {
  await useFolder();
  await rm(system.folder, { recursive: true });
  await expect(storeTemporarily(chunks(6), 10 * MB)).rejects.toMatchObject({ code: "ENOENT" });
});

test("the files of processes that have ended are removed, and no others", async () => {
  await useFolder();
  const { pid: ended } = spawnSync("true");
  const names = [
    `darkroom-${ended}-abc`,
    `darkroom-${process.pid}-abc`,
    `darkroom-${process.ppid}-abc`,
    "darkroom-x",
    "other",
  ];
  for (const name of names) mkdtempSync(join(system.folder, name));
  await removeLeftovers();
  const left = readdirSync(system.folder).map((name) => name.slice(0, -6));
  expect(left.toSorted()).toEqual([`darkroom-${process.ppid}-abc`, "darkroom-x", "other"].toSorted());
});
