"use client";

import { stageOf } from "@/lib/predictions/progress";
import type { Prediction } from "@/lib/predictions/schema";
import type { Job } from "./jobs";
import { useNow } from "./use-now";

/** Where a running job stands, in words. */
export function Stage({ job }: { job: Job }) {
  const { prediction, isOffline, cancelAsked } = job;
  if (isOffline) return <>Reconnecting…</>;
  if (cancelAsked) return <>Canceling…</>;
  if (!prediction) return <>Sending</>;
  if (prediction.status === "queued" && prediction.queued_until) return <Queued until={prediction.queued_until} />;
  return <>{stageOf(prediction)}</>;
}

function Queued({ until }: { until: NonNullable<Prediction["queued_until"]> }) {
  const now = useNow();
  const seconds = now === null ? null : Math.ceil((Date.parse(until) - now) / 1000);
  return <>Replicate is busy: next try {seconds === null || seconds <= 0 ? "now" : `in ${seconds} s`}</>;
}
