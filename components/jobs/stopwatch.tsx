"use client";

import { useNow } from "@/components/ui/use-now";

/** Seconds since `since` (ms), to a tenth, while something runs. */
export function Stopwatch({ since }: { since: number }) {
  const now = useNow();
  return <Seconds ms={now === null ? 0 : now - since} />;
}

export function Seconds({ ms }: { ms: number }) {
  return <span className="font-mono text-[13px] tabular-nums">{(Math.max(0, ms) / 1000).toFixed(1)} s</span>;
}
