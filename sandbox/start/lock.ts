import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/**
 * Locks the folder of the file `path` for this process, because two processes that use one PGlite database would damage it.
 * Creates the lock file `path`, and returns a function that releases the lock. If the process that holds the lock has ended, its
 * lock is replaced. If that process still runs, this function waits up to `timeout` (ms) for its end, and then throws.
 */
export async function takeLock(path: string, timeout = 3000): Promise<() => void> {
  mkdirSync(dirname(path), { recursive: true });
  const mine = describeProcess(process.pid) ?? "";
  const deadline = Date.now() + timeout;
  while (!createFile(path, mine)) {
    const owner = readText(path);
    const pid = Number.parseInt(owner ?? "", 10);
    // A process creates an empty lock file and writes its own description into it a moment later. So an empty file means that
    // another process is just starting.
    const isHeld = owner === "" || (owner !== null && describeProcess(pid) === owner);
    if (owner !== null && !isHeld) removeStaleLock(path, owner);
    if (isHeld && Date.now() >= deadline) {
      const name = pid ? `Another process (${pid})` : "Another process";
      throw new Error(`${name} is using ${dirname(path)}. Stop it, or set SANDBOX_DIR to another folder.`);
    }
    if (isHeld) await wait(50);
  }
  return () => {
    if (readText(path) === mine) rmSync(path, { force: true });
  };
}

function createFile(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: "wx" });
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    throw error;
  }
}

function removeStaleLock(path: string, stale: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    // Before the file was renamed, another process may have replaced the stale lock with its own lock. In this case, `aside` is
    // the lock of that process, so it is put back.
    if (readText(aside) !== stale) linkSync(aside, path);
  } catch (error) {
    if (!isCode(error, "ENOENT", "EEXIST")) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/**
 * Describes a running process by its id and, on Linux, by its start time. The id alone is not enough: the system may give the id
 * of an ended process to a new process, most of all in containers. Returns null if no process with this id runs, or if it is a
 * zombie (state Z or X in /proc).
 */
function describeProcess(pid: number): string | null {
  if (!isAlive(pid)) return null;
  const stat = readText(`/proc/${pid}/stat`);
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

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}
