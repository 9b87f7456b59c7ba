import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { takeLock } from "../../../../sandbox/start/lock";

const newLock = () => join(mkdtempSync(join(tmpdir(), "darkroom-lock-")), "lock");
const filesBeside = (path: string) => readdirSync(dirname(path));

test("a lock is held until it is released", async () => {
  const path = newLock();
  const release = await takeLock(path);
  await expect(takeLock(path, 0)).rejects.toThrow(`Another process (${process.pid}) is using ${dirname(path)}`);
  release();
  expect(existsSync(path)).toBe(false);
  await expect(takeLock(path, 0)).resolves.toBeTypeOf("function");
});

test("a waiting process gets the lock when it is released", async () => {
  const path = newLock();
  const release = await takeLock(path);
  const second = takeLock(path, 10_000);
  release();
  await expect(second).resolves.toBeTypeOf("function");
});

test("the lock of a killed process is taken over", async () => {
  const path = newLock();
  const child = fork(fileURLToPath(new URL("../../../fixtures/lock-holder.ts", import.meta.url)), [path]);
  await once(child, "message");
  await expect(takeLock(path, 0)).rejects.toThrow(`Another process (${child.pid})`);
  child.kill("SIGKILL");
  await once(child, "exit");
  await takeLock(path, 0);
  expect(Number.parseInt(readFileSync(path, "utf8"), 10)).toBe(process.pid);
  expect(filesBeside(path)).toEqual(["lock"]);
});

test("a new process with the id of an ended one does not hold its lock", async () => {
  const path = newLock();
  writeFileSync(path, `${process.pid} 1`);
  await expect(takeLock(path, 0)).resolves.toBeTypeOf("function");
});

test("only one of many processes takes over a stale lock", async () => {
  const path = newLock();
  writeFileSync(path, "999999999 1");
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => takeLock(path, 0)));
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(filesBeside(path)).toEqual(["lock"]);
});
