import type { BigIntStatsFs, StatsFs } from "node:fs";
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { hasRoom, requireRoom } from "../../../../sandbox/start/disk-space";

const folder = join(tmpdir(), "not-created-yet", "sandbox");
const MB = 2 ** 20;

const statfs = vi.spyOn(fs, "statfs");
syncBuiltinESMExports();
afterAll(() => {
  statfs.mockRestore();
  syncBuiltinESMExports();
});

function leave(bytes: number) {
  statfs.mockResolvedValue({ bavail: bytes / 4096, bsize: 4096 } as StatsFs & BigIntStatsFs);
}

test("20 MB stay free for the database", async () => {
  leave(20 * MB);
  expect([await hasRoom(folder), await hasRoom(folder, 1)]).toEqual([true, false]);
  leave(20 * MB - 4096);
  expect(await hasRoom(folder)).toBe(false);
  expect(statfs).toHaveBeenLastCalledWith(tmpdir());
});

test("a start without room says how much is missing, and a new database needs more", async () => {
  leave(30.5 * MB);
  await requireRoom(folder);
  await expect(requireRoom(folder, true)).rejects.toThrow(
    `The disk is full: 30 MB are free, and 60 MB are needed. Make room on the disk of ${folder}.`,
  );
});
