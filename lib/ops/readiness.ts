import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { requireBucket } from "@/lib/media/storage";
import { providerOutage } from "@/lib/replicate/provider-status";
import { unwrap, adminClient } from "@/lib/supabase/admin";

/** Whoever asks more often hears the same again (ms). */
const FRESH = 1_500;
/** A service that takes longer does not answer (ms). */
const ANSWER_WITHIN = 3_000;
/** Files live for an hour; what is not kept after half of it needs somebody's attention (s). */
const LONGEST_UNSAVED = 30 * 60;
/** Schedulers sweep every minute, servers every five seconds (s). */
const LONGEST_OVERDUE = 3 * 60;
const LONGEST_UNSWEPT = 5 * 60;

type Check = { name: string; ok: boolean; detail: string };
export type Readiness = { status: "ready" | "not_ready"; checks: Check[] };

const Seconds = z.number().nullable();
const Backlog = z.object({ swept: Seconds, unsaved: Seconds, overdue: Seconds });

let latest: { at: number; readiness: Promise<Readiness> } | undefined;

/** Whether images can be made and kept here. Says which part cannot, and neither keys nor anything about people. Never throws. */
export function getReadiness(): Promise<Readiness> {
  if (!latest || performance.now() - latest.at > FRESH) latest = { at: performance.now(), readiness: check() };
  return latest.readiness;
}

async function check(): Promise<Readiness> {
  const [backlog, bucket] = await Promise.all([answerOf(readBacklog()), answerOf(requireBucket().then(() => true))]);
  const { swept = null, unsaved = null, overdue = null } = backlog ?? {};
  const trouble = providerOutage();
  const checks: Check[] = [
    { name: "database", ok: backlog !== null, detail: backlog ? "answers" : "does not answer, or refuses the key" },
    { name: "storage", ok: bucket !== null, detail: bucket ? "answers" : "does not answer, or has no bucket images" },
    {
      name: "provider",
      ok: trouble === null,
      detail: trouble ? `Replicate answers ${trouble.status} since ${trouble.since}` : "no trouble known",
    },
    { name: "saving", ok: (unsaved ?? 0) <= LONGEST_UNSAVED, detail: `longest not saved: ${secondsOf(unsaved)}` },
    {
      name: "sweep",
      ok: backlog === null || (swept !== null && swept <= LONGEST_UNSWEPT && (overdue ?? 0) <= LONGEST_OVERDUE),
      detail: `last: ${swept === null ? "never" : `${secondsOf(swept)} ago`}, longest overdue: ${secondsOf(overdue)}`,
    },
  ];
  return { status: checks.every(({ ok }) => ok) ? "ready" : "not_ready", checks };
}

async function readBacklog() {
  return Backlog.parse(unwrap(await adminClient().rpc("measure_backlog")));
}

/** Null when it failed or takes too long. */
function answerOf<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  return Promise.race([asked.catch(() => null), sleep(ANSWER_WITHIN, null, { ref: false })]);
}

function secondsOf(seconds: number | null): string {
  return seconds === null ? "none" : `${Math.max(0, Math.round(seconds))} s`;
}
