import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Returns how much memory a process uses (MB). */
export async function readMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => null);
  const kilobytes = status
    ? /^VmRSS:\s+(\d+)/m.exec(status)?.[1]
    : (await run("ps", ["-o", "rss=", "-p", String(pid)])).stdout;
  return (Number(kilobytes) * 1024) / 1e6;
}

/** Runs `work` and watches the memory of a process. Returns the result of `work`, and the largest growth of the memory (MB). */
export async function measureGrowth<Result>(pid: number, work: () => Promise<Result>) {
  const before = await readMemory(pid);
  let most = before;
  let isOver = false;
  const watch = (async () => {
    while (!isOver) {
      most = Math.max(most, await readMemory(pid));
      await sleep(50);
    }
  })();
  const result = await work().finally(() => (isOver = true));
  await watch;
  return { result, growth: Math.round(most - before) };
}
