import "server-only";
import { isDeepStrictEqual } from "node:util";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { parseMediaPath } from "@/lib/media/paths";
import { signInputFiles } from "@/lib/media/input-files";
import type { ReplicatePrediction } from "@/lib/replicate/schema";
import type { PredictionRow } from "./rows";

/**
 * Whether a prediction at Replicate is the one that this row's unclear create started. By our id in the webhook's address
 * where there is one, else by the same model and input: two such creates are interchangeable. Where we give addresses, one
 * without is another installation's of the same account. An image is recognized by its place in our storage, or, where it
 * has been deleted since, by its owner's. Throws `db_unavailable`.
 */
export async function isOurs(row: PredictionRow, remote: ReplicatePrediction): Promise<boolean> {
  if (remote.webhook) return isWebhookFor(row.id, remote.webhook);
  if (env().webhookUrl) return false;
  if (remote.model && remote.model !== row.model) return false;
  const given = remote.input ?? {};
  const ours = await signInputFiles(row.input, row.user_id).catch(unlessGone(row.input));
  const names = new Set([...Object.keys(ours), ...Object.keys(given)]);
  return [...names].every((name) => isSame(row.input[name], ours[name], given[name], row.user_id));
}

function unlessGone<Input>(input: Input) {
  return (error: unknown): Input => {
    if (error instanceof AppError && error.code === "not_found") return input;
    throw error;
  };
}

/** `kept` is the value in the row, `ours` what we gave for it, `theirs` what Replicate has. */
function isSame(kept: unknown, ours: unknown, theirs: unknown, owner: string): boolean {
  if (!Array.isArray(kept) || !Array.isArray(ours) || !Array.isArray(theirs)) {
    return isOneSame(kept, ours, theirs, owner);
  }
  return kept.length === theirs.length && kept.every((one, at) => isOneSame(one, ours[at], theirs[at], owner));
}

function isOneSame(kept: unknown, ours: unknown, theirs: unknown, owner: string): boolean {
  if (!parseMediaPath(kept)) return isDeepStrictEqual(ours, theirs);
  if (ours === kept) return String(theirs).includes(`/${owner}/`);
  // Each signature is another one.
  return URL.parse(String(ours))?.pathname === URL.parse(String(theirs))?.pathname;
}

/**
 * Under whichever domain the app stood when it gave the address. Row ids are random, so that no other installation has
 * given one with ours.
 */
function isWebhookFor(id: string, address: string): boolean {
  const url = URL.parse(address);
  return url?.pathname.endsWith("/api/replicate/webhook") === true && url.searchParams.get("prediction") === id;
}
