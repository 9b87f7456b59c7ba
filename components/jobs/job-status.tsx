"use client";

import { createStore, useStore } from "@/components/ui/create-store";
import { statusLabel } from "@/lib/predictions/status";
import type { Job } from "./job";

/** Shows the status of a running job in words. `place` is the position of the job in the queue. */
export function JobStage({ job, place = null }: { job: Job; place?: number | null }) {
  const { prediction, isOffline, cancelAsked } = job;
  if (isOffline) return "Reconnecting…";
  if (cancelAsked) return "Canceling…";
  if (!prediction) return "Sending";
  if (prediction.status !== "queued" || !prediction.queued_until) return statusLabel(prediction);
  if (place !== null && place > 1) return `Number ${place} in the queue`;
  return <NextTry at={Date.parse(prediction.queued_until)} />;
}

function NextTry({ at }: { at: number }) {
  const now = useNow();
  const seconds = now === null ? 0 : Math.ceil((at - now) / 1000);
  return <>Replicate is busy: next try {seconds <= 0 ? "now" : `in ${seconds} s`}</>;
}

/** Shows the seconds since the time `since` (ms), and counts up. */
export function Stopwatch({ since }: { since: number }) {
  const now = useNow();
  return <Seconds ms={now === null ? 0 : now - since} />;
}

export function Seconds({ ms }: { ms: number }) {
  return <span className="font-mono text-[13px] tabular-nums">{(Math.max(0, ms) / 1000).toFixed(1)} s</span>;
}

const time = createStore<number | null>(null, () => {
  const tick = () => time.set(Date.now());
  const timer = setInterval(tick, 100);
  tick();
  return () => {
    clearInterval(timer);
    time.set(null);
  };
});

/**
 * Returns the current time (ms), which one shared timer updates ten times a second. Null on the server and until the first
 * update.
 */
function useNow() {
  return useStore(time, (now) => now, null);
}
