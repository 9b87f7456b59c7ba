import "server-only";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** As soon as all buffers together have grown by this many bytes, unused buffers are collected. */
const STEP = 2_000_000;
/** How often the size of the buffers is checked (ms). */
const INTERVAL = 5;

// A collection of only the young objects takes about 1 ms. Only the function `gc` can start such a collection. `gc` exists only
// if V8 has this flag.
setFlagsFromString("--expose-gc");
const collect: unknown = runInNewContext("gc");

let transfers = 0;
let timer: NodeJS.Timeout | undefined;
let kept = 0;

/**
 * Keeps the use of memory low while a large file is sent or received: each piece of the file arrives in a new buffer. By default,
 * V8 collects used buffers only after more than 64 MB have been allocated. The caller must call the returned function when the
 * transfer has ended.
 */
export function freeUsedBuffers(): () => void {
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
  // After a collection, `kept` is the size of the buffers that are left: they are still in use, or they are freed a moment later.
  // The next collection follows when the buffers have grown to `kept + STEP`.
  kept = areMany ? process.memoryUsage().arrayBuffers : Math.min(kept, arrayBuffers);
}
