import "server-only";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Buffers are collected as soon as there are this many bytes more of them. */
const STEP = 4_000_000;
/** How often their size is looked at (ms). */
const INTERVAL = 20;

// The function exists only with this flag. It is the one way to ask for a collection of young objects, which takes about 1 ms.
setFlagsFromString("--expose-gc");
const collect: unknown = runInNewContext("gc");

let transfers = 0;
let timer: NodeJS.Timeout | undefined;
let kept = 0;

/**
 * Keeps the memory flat during a large transfer, until the returned function is called. Each part passes through a buffer, and
 * V8 would collect them only after it has allocated more than 64 MB.
 */
export function collectBuffers(): () => void {
  transfers += 1;
  timer ??= setInterval(collectIfMany, INTERVAL).unref();
  let isOpen = true;
  return () => {
    if (!isOpen) return;
    isOpen = false;
    transfers -= 1;
    if (transfers > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function collectIfMany() {
  const { arrayBuffers } = process.memoryUsage();
  const areMany = arrayBuffers > kept + STEP;
  if (areMany && typeof collect === "function") Reflect.apply(collect, undefined, [{ type: "minor" }]);
  // Those that are left are in use, or freed a moment later.
  kept = areMany ? process.memoryUsage().arrayBuffers : Math.min(kept, arrayBuffers);
}
