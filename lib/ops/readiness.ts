import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { createCache } from "@/lib/cache";
import { requireBucket } from "@/lib/media/storage";
import { providerOutage } from "@/lib/replicate/provider-status";
import { adminClient } from "@/lib/supabase/admin";
import { unwrap } from "@/lib/supabase/result";

/** A service that takes longer counts as failed (ms). */
const TIMEOUT = 3_000;
/** Replicate deletes files after an hour: one that is not saved after half an hour needs attention (s). */
const MAX_UNSAVED = 30 * 60;
/** Schedulers sweep every minute, servers every five seconds (s). */
const MAX_OVERDUE = 3 * 60;
const MAX_SINCE_SWEEP = 5 * 60;

type Check = { name: string; ok: boolean; detail: string };
export type Readiness = { status: "ready" | "not_ready"; checks: Check[] };

const Seconds = z.number().nullable();
const Backlog = z.object({ swept: Seconds, unsaved: Seconds, overdue: Seconds });

const cached = createCache<Readiness>({ ttl: 1_500, max: 1 });

/** Whether images can be made and saved, with a check for each part. Names no keys and no users. Never throws. */
export function getReadiness(): Promise<Readiness> {
  return cached("", check);
}

async function check(): Promise<Readiness> {
  const [backlog, bucket] = await Promise.all([orNull(readBacklog()), orNull(requireBucket().then(() => true))]);
  const { swept = null, unsaved = null, overdue = null } = backlog ?? {};
  const outage = providerOutage();
  const checks: Check[] = [
    { name: "database", ok: backlog !== null, detail: backlog ? "answers" : "does not answer, or refuses the key" },
    { name: "storage", ok: bucket !== null, detail: bucket ? "answers" : "does not answer, or has no bucket images" },
    {
      name: "provider",
      ok: outage === null,
      detail: outage ? `Replicate answers ${outage.status} since ${outage.since}` : "no outage known",
    },
    { name: "saving", ok: (unsaved ?? 0) <= MAX_UNSAVED, detail: `longest not saved: ${secondsOf(unsaved)}` },
    {
      name: "sweep",
      ok: backlog === null || (swept !== null && swept <= MAX_SINCE_SWEEP && (overdue ?? 0) <= MAX_OVERDUE),
      detail: `last: ${swept === null ? "never" : `${secondsOf(swept)} ago`}, longest overdue: ${secondsOf(overdue)}`,
    },
  ];
  return { status: checks.every(({ ok }) => ok) ? "ready" : "not_ready", checks };
}

async function readBacklog() {
  return Backlog.parse(unwrap(await adminClient().rpc("measure_backlog")));
}

/** Null when it fails or takes too long. */
function orNull<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  return Promise.race([answer.catch(() => null), sleep(TIMEOUT, null, { ref: false })]);
}

function secondsOf(seconds: number | null): string {
  return seconds === null ? "none" : `${Math.max(0, Math.round(seconds))} s`;
}
