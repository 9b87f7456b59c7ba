import "server-only";
import { isDeepStrictEqual } from "node:util";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { parseMediaPath } from "@/lib/media/media-urls";
import { signInputFiles } from "@/lib/media/input-files";
import * as replicate from "@/lib/replicate/client";
import { ReplicateError } from "@/lib/replicate/errors";
import type { ReplicatePrediction } from "@/lib/replicate/schema";
import { toUpdate } from "./from-replicate";
import { getPollDelay } from "./polling-interval";
import { applyUpdate, listKnownReplicateIds, releaseLease, type PredictionRow } from "./rows";

/** A create request that has left no trace at Replicate after this time (ms) was never received. */
const GIVE_UP_AFTER = 120_000;
/** By how much Replicate's clock and the database's may differ (ms). */
const CLOCK_SKEW = 60_000;
/** Candidates looked at in one step: each costs a request. */
const MAX_CANDIDATES = 10;

/**
 * Looks for the prediction that a create request may have started whose answer was lost. Gives up only after Replicate
 * has answered. `sentAt` and `now` are times of the database's clock (ms). Throws `db_unavailable`.
 */
export async function recoverPrediction(
  row: PredictionRow,
  sentAt: number,
  now: number,
): Promise<PredictionRow | null> {
  let found: ReplicatePrediction | null;
  try {
    found = await findAtReplicate(row, sentAt);
  } catch (error) {
    if (!(error instanceof ReplicateError)) throw error;
    return releaseLease(row, error.kind === "throttled" ? Math.max(error.retryAfter, 5) : 5, null);
  }
  if (found) return applyUpdate(row, toUpdate(found), await getPollDelay(row.model, (now - sentAt) / 1000));
  if (now - sentAt < GIVE_UP_AFTER) return releaseLease(row, 3, null);
  const error = "Replicate could not be reached. Nothing was made.";
  return applyUpdate(row, { status: "failed", error, error_code: "provider_unreachable" }, 0);
}

async function findAtReplicate(row: PredictionRow, sentAt: number): Promise<ReplicatePrediction | null> {
  const recent = await replicate.listPredictionsSince(sentAt - CLOCK_SKEW);
  const known = await listKnownReplicateIds(recent.map(({ id }) => id));
  const distance = (item: { created_at: string }) => Math.abs(Date.parse(item.created_at) - sentAt);
  const candidates = recent
    .filter(({ id, version }) => !known.has(id) && (!row.version || !version || version === row.version))
    .toSorted((a, b) => distance(a) - distance(b));
  for (const { id } of candidates.slice(0, MAX_CANDIDATES)) {
    const remote = await replicate.getPrediction(id);
    if (await isStartedBy(row, remote)) return remote;
  }
  return null;
}

/**
 * Whether this row's create request started a prediction at Replicate. Our id in its webhook's URL decides. Without a webhook,
 * the same model and input do: two such predictions are interchangeable. Where this app does set webhooks, one without
 * belongs to another installation on the same account. Throws `db_unavailable`.
 */
export async function isStartedBy(row: PredictionRow, remote: ReplicatePrediction): Promise<boolean> {
  if (remote.webhook) return isWebhookFor(row.id, remote.webhook);
  if (env().webhookUrl) return false;
  if (remote.model && remote.model !== row.model) return false;
  const theirs = remote.input ?? {};
  const sent = await signInputFiles(row.input, row.user_id).catch((error: unknown) => {
    // A file was deleted since: its path in the row stands in for its signed URL.
    if (error instanceof AppError && error.code === "not_found") return row.input;
    throw error;
  });
  const names = new Set([...Object.keys(sent), ...Object.keys(theirs)]);
  return [...names].every((name) => isSameInput(row.input[name], sent[name], theirs[name], row.user_id));
}

/** Compares one input or list: `saved` in the row, `sent` with signed URLs, `theirs` as Replicate has it. */
function isSameInput(saved: unknown, sent: unknown, theirs: unknown, owner: string): boolean {
  if (!Array.isArray(saved) || !Array.isArray(sent) || !Array.isArray(theirs)) {
    return isSameValue(saved, sent, theirs, owner);
  }
  return saved.length === theirs.length && saved.every((item, at) => isSameValue(item, sent[at], theirs[at], owner));
}

function isSameValue(saved: unknown, sent: unknown, theirs: unknown, owner: string): boolean {
  if (!parseMediaPath(saved)) return isDeepStrictEqual(sent, theirs);
  // The file was deleted: any file of the same owner may have been it.
  if (sent === saved) return String(theirs).includes(`/${owner}/`);
  // The signatures in the queries differ.
  return URL.parse(String(sent))?.pathname === URL.parse(String(theirs))?.pathname;
}

/** On any domain: the app may have moved since. Row ids are random, so no other installation has used this one. */
function isWebhookFor(id: string, address: string): boolean {
  const url = URL.parse(address);
  return url?.pathname.endsWith("/api/replicate/webhook") === true && url.searchParams.get("prediction") === id;
}
