import "server-only";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** As soon as all buffers together have grown by this many bytes, unused buffers are collected. */
const STEP = 2_000_000;
/** How often the size of the buffers is checked (ms). */
const INTERVAL = 5;

// The function `gc` exists only with this flag. No other function can collect only the young objects, which takes about 1 ms.
setFlagsFromString("--expose-gc");
const collect: unknown = runInNewContext("gc");

let transfers = 0;
let timer: NodeJS.Timeout | undefined;
let kept = 0;

/**
 * Keeps the use of memory low during a large transfer, in which each part is in a buffer of its own. By default, V8 would collect
 * used buffers only after it has allocated more than 64 MB. Returns a function that must be called when the transfer has ended.
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
  // From now on, growth is measured from the current size of the buffers. The buffers that are left now are still in use, or are
  // freed a moment later.
  kept = areMany ? process.memoryUsage().arrayBuffers : Math.min(kept, arrayBuffers);
}
