import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { createCache } from "@/lib/cache";
import { AppError } from "@/lib/errors";
import { hasRoom, requireBucket } from "@/lib/media/storage";
import { providerOutage } from "@/lib/replicate/provider-outage";
import { adminClient } from "@/lib/supabase/admin-client";
import { unwrap } from "@/lib/supabase/result";

/** The time limit of a check (ms). A check that takes longer fails. */
const TIMEOUT = 3_000;
/** If a file is not saved after this time (s), the check `saving` fails. Replicate deletes files after an hour. */
const MAX_UNSAVED = 30 * 60;
/** If a prediction has been due for longer than this (s), the check `sweep` fails. */
const MAX_OVERDUE = 3 * 60;
/**
 * If the last sweep was longer ago than this (s), the check `sweep` fails. A scheduler should call /api/cron/sweep several times
 * in this period. The sweep loop of a server sweeps much more often.
 */
const MAX_SINCE_SWEEP = 5 * 60;

type Check = { name: string; ok: boolean; detail: string };
type Readiness = { status: "ready" | "not_ready"; checks: Check[] };

const Seconds = z.number().nullable();
const Backlog = z.object({ swept: Seconds, unsaved: Seconds, overdue: Seconds });

const cached = createCache<Readiness>({ ttl: 1_500, max: 1 });

/**
 * Returns whether images can be generated and saved, and the results of the checks, one for each part of the system. The result
 * contains no keys, and nothing about users. Never throws.
 */
export function getReadiness(): Promise<Readiness> {
  return cached("", check);
}

async function check(): Promise<Readiness> {
  const [backlog, bucket, isWritable] = await Promise.all([
    orNull(readBacklog()),
    orNull(requireBucket().then(() => true)),
    orNull(canSave()),
  ]);
  const { swept = null, unsaved = null, overdue = null } = backlog ?? {};
  const outage = providerOutage();
  const checks: Check[] = [
    { name: "database", ok: backlog !== null, detail: backlog ? "available" : "unavailable, or rejects the key" },
    {
      name: "storage",
      ok: bucket !== null,
      detail: bucket ? "available" : 'unavailable, or it has no bucket with the name "images"',
    },
    {
      name: "provider",
      ok: outage === null,
      detail: outage
        ? `Replicate has responded with the status ${outage.status} since ${outage.since}`
        : "no outage known",
    },
    {
      name: "space",
      ok: isWritable !== false,
      detail: isWritable === false ? "nothing can be saved: the storage is full" : "not full",
    },
    {
      name: "saving",
      ok: (unsaved ?? 0) <= MAX_UNSAVED,
      detail: `oldest result that is not saved yet: ${secondsOf(unsaved)}`,
    },
    {
      name: "sweep",
      ok: backlog === null || (swept !== null && swept <= MAX_SINCE_SWEEP && (overdue ?? 0) <= MAX_OVERDUE),
      detail: `last sweep: ${swept === null ? "never" : `${secondsOf(swept)} ago`}, longest overdue prediction: ${secondsOf(overdue)}`,
    },
  ];
  return { status: checks.every(({ ok }) => ok) ? "ready" : "not_ready", checks };
}

async function readBacklog() {
  return Backlog.parse(unwrap(await adminClient().rpc("measure_backlog")));
}

/**
 * Returns whether anything can be saved. To find out, this writes one row, because a full database can still be read. Throws if
 * the database is unavailable.
 */
async function canSave(): Promise<boolean> {
  try {
    unwrap(await adminClient().rpc("record_heartbeat", { p_name: "readiness" }));
    return await hasRoom();
  } catch (error) {
    if (error instanceof AppError && error.code === "storage_full") return false;
    throw error;
  }
}

/** Returns the value of the promise. Returns null if the promise rejects or takes too long. */
function orNull<Value>(value: Promise<Value>): Promise<Value | null> {
  return Promise.race([value.catch(() => null), sleep(TIMEOUT, null, { ref: false })]);
}

function secondsOf(seconds: number | null): string {
  return seconds === null ? "none" : `${Math.max(0, Math.round(seconds))} s`;
}
