import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/**
 * Takes the lock's folder for this process: PGlite would let two processes write to one database, and ruin it.
 * A lock whose process is gone is taken over. A living one is given `patience` (ms) to end, then this throws.
 * Returns how to give the lock back.
 */
export async function takeLock(path: string, patience = 3000): Promise<() => void> {
  mkdirSync(dirname(path), { recursive: true });
  const mine = describe(process.pid) ?? "";
  const deadline = Date.now() + patience;
  while (!create(path, mine)) {
    const theirs = read(path);
    const pid = Number.parseInt(theirs ?? "", 10);
    // A lock is written a moment after it appears: an empty one belongs to a process that has just begun.
    const isHeld = theirs === "" || (theirs !== null && describe(pid) === theirs);
    if (theirs !== null && !isHeld) moveAside(path, theirs);
    if (isHeld && Date.now() >= deadline) {
      const who = pid ? `Another process (${pid})` : "Another process";
      throw new Error(`${who} is using ${dirname(path)}. Stop it, or set SANDBOX_DIR to another folder.`);
    }
    if (isHeld) await wait(50);
  }
  return () => {
    if (read(path) === mine) rmSync(path, { force: true });
  };
}

function create(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: "wx" });
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    throw error;
  }
}

function moveAside(path: string, stale: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    // Somebody was quicker, and it is their fresh lock that was moved: it goes back.
    if (read(aside) !== stale) linkSync(aside, path);
  } catch (error) {
    if (!isCode(error, "ENOENT", "EEXIST")) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/**
 * A living process: its id and, where the system tells, when it began, since ids are soon used again, in containers
 * above all. Null: there is none, or it has ended and nobody has asked for its exit code yet.
 */
function describe(pid: number): string | null {
  if (!isAlive(pid)) return null;
  const stat = read(`/proc/${pid}/stat`);
  if (stat === null) return String(pid);
  const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return state === "Z" || state === "X" ? null : `${pid} ${fields[18]}`;
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return isCode(error, "EPERM");
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}
