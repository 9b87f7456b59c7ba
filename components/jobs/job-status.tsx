"use client";

import { stageOf } from "@/lib/predictions/parse-logs";
import type { Prediction } from "@/lib/predictions/schema";
import type { Job } from "./job";
import { useNow } from "@/components/ui/use-now";

/** Where a running job stands, in words. `place`: in the line of those that wait. */
export function Stage({ job, place = null }: { job: Job; place?: number | null }) {
  const { prediction, isOffline, cancelAsked } = job;
  if (isOffline) return <>Reconnecting…</>;
  if (cancelAsked) return <>Canceling…</>;
  if (!prediction) return <>Sending</>;
  if (prediction.status === "queued" && prediction.queued_until)
    return <Queued until={prediction.queued_until} place={place} />;
  return <>{stageOf(prediction)}</>;
}

type QueuedProps = { until: NonNullable<Prediction["queued_until"]>; place: number | null };

function Queued({ until, place }: QueuedProps) {
  const now = useNow();
  const seconds = now === null ? null : Math.ceil((Date.parse(until) - now) / 1000);
  if (place !== null && place > 1) return <>{ordinal(place)} in line</>;
  return <>Replicate is busy: next try {seconds === null || seconds <= 0 ? "now" : `in ${seconds} s`}</>;
}

/** 2nd, 3rd, 4th, 11th, 21st. */
function ordinal(place: number) {
  const isTeen = Math.floor((place % 100) / 10) === 1;
  return place + ((isTeen ? null : ["th", "st", "nd", "rd"][place % 10]) ?? "th");
}
