import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createOwnDatabase } from "../support/create-database";
import { createDisk } from "../support/disk";
import { startServices } from "../support/services";

const newFolder = () => join(mkdtempSync(join(tmpdir(), "darkroom-services-")), "sandbox");

async function start() {
  const dir = newFolder();
  const database = await createOwnDatabase();
  const { process: sandbox, env } = await startServices({ SANDBOX_DIR: dir, SANDBOX_DATABASE_URL: database.url });
  onTestFinished(async () => {
    await sandbox.kill("SIGKILL");
    await database.drop();
  });
  return {
    ...sandbox,
    lock: join(dir, "supabase/lock"),
    isAnswering: () =>
      fetch(`${env.NEXT_PUBLIC_SUPABASE_URL}/auth/v1/health`).then(
        () => true,
        () => false,
      ),
  };
}

/** Kills the local Supabase. Its lock file contains the id of the process. */
function killSupabase(lock: string) {
  process.kill(Number.parseInt(readFileSync(lock, "utf8"), 10), "SIGKILL");
}

test("a service that ends is started again at the same URL, and a stop still stops it", async () => {
  const { child, kill, output, lock, isAnswering } = await start();
  killSupabase(lock);
  await expect.poll(output, { timeout: 60_000 }).toContain("The local Supabase is running again.");
  expect(output()).toContain("The local Supabase has ended unexpectedly, and is started again. See ");
  expect([await isAnswering(), child.exitCode]).toEqual([true, null]);
  await kill("SIGTERM");
  expect([await isAnswering(), existsSync(lock)]).toEqual([false, false]);
});

test("a stop while a service is about to start again stops everything", async () => {
  const { child, ended, output, lock, isAnswering } = await start();
  killSupabase(lock);
  await expect.poll(output, { timeout: 60_000 }).toContain("is started again");
  child.kill("SIGTERM");
  expect((await ended)[0]).toBe(0);
  expect(await isAnswering()).toBe(false);
  expect(output()).not.toContain("running again");
});

test("a service that cannot start at all ends the sandbox with its reason", async () => {
  const started = startServices({ SANDBOX_DIR: newFolder(), SANDBOX_DATABASE_URL: "postgres://127.0.0.1:1/none" });
  await expect(started).rejects.toThrow("The local Supabase did not start. connect ECONNREFUSED 127.0.0.1:1");
});

test("on a full disk nothing starts, and the output says why in one sentence", async () => {
  const dir = newFolder();
  const disk = createDisk();
  disk.fill();
  const started = startServices({ SANDBOX_DIR: dir, ...disk.env });
  await expect(started).rejects.toThrow(
    `The services did not start.\nThe disk is full: 0 MB are free, and 20 MB are needed. Make room on the disk of ${dir}.\n`,
  );
  expect(existsSync(dir)).toBe(false);
});
