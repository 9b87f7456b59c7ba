import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Takes the folder for this process, since PGlite would let two processes write to one database and ruin it.
 * A lock whose process is gone is taken over. Throws when the process lives. Returns how to give the lock back.
 */
export function takeLock(path: string): () => void {
  mkdirSync(dirname(path), { recursive: true });
  const mine = identify(process.pid);
  for (;;) {
    try {
      writeFileSync(path, mine, { flag: "wx" });
      return () => {
        if (read(path) === mine) rmSync(path, { force: true });
      };
    } catch (error) {
      if (!isCode(error, "EEXIST")) throw error;
    }
    const theirs = read(path);
    if (theirs !== null) discardStale(path, theirs);
  }
}

function discardStale(path: string, theirs: string): void {
  const pid = Number.parseInt(theirs, 10);
  // A lock is written a moment after it appears: an empty one belongs to a process that has just begun.
  if (theirs === "" || (isAlive(pid) && identify(pid) === theirs)) {
    throw new Error(
      `Another process${pid ? ` (${pid})` : ""} is using ${dirname(path)}. Stop it, or set SANDBOX_DIR to another folder.`,
    );
  }
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    // Somebody was quicker, and it is their fresh lock that was moved: it goes back.
    if (read(aside) !== theirs) linkSync(aside, path);
  } catch (error) {
    if (!isCode(error, "ENOENT", "EEXIST")) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** The process id and, where the system tells, when the process began: ids are soon used again, in containers above all. */
function identify(pid: number): string {
  const stat = read(`/proc/${pid}/stat`);
  const started = stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  return `${pid} ${started}`.trim();
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
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
