import "server-only";
import { isDeepStrictEqual } from "node:util";
import { env } from "@/lib/env";
import { ownFileIn } from "@/lib/images/sign";
import type { ReplicatePrediction } from "@/lib/replicate/schema";
import type { PredictionRow } from "./rows";

/**
 * Whether a prediction at Replicate is the one that this row's unclear create started. By our id in the webhook's address
 * where there is one, else by the same model and input: two such creates are interchangeable. Where we give addresses, one
 * without is another installation's of the same account. A picture is recognized by its place in our storage, which names
 * its owner.
 */
export function isOurs(row: PredictionRow, remote: ReplicatePrediction): boolean {
  if (remote.webhook) return isWebhookFor(row.id, remote.webhook);
  if (env.webhookUrl) return false;
  if (remote.model && remote.model !== row.model) return false;
  const given = remote.input ?? {};
  const names = new Set([...Object.keys(row.input), ...Object.keys(given)]);
  return [...names].every((name) => isSame(row.input[name], given[name], row.user_id));
}

/** What we gave, and what Replicate has: of a picture its address, which is signed. */
function isSame(ours: unknown, theirs: unknown, owner: string): boolean {
  if (!Array.isArray(ours) || !Array.isArray(theirs)) return isOneSame(ours, theirs, owner);
  return ours.length === theirs.length && ours.every((one, at) => isOneSame(one, theirs[at], owner));
}

function isOneSame(ours: unknown, theirs: unknown, owner: string): boolean {
  return ownFileIn(ours) ? String(theirs).includes(`/${owner}/`) : isDeepStrictEqual(ours, theirs);
}

/**
 * Under whichever domain the app stood when it gave the address. Row ids are random, so that no other installation has
 * given one with ours.
 */
function isWebhookFor(id: string, address: string): boolean {
  const url = URL.parse(address);
  return url?.pathname.endsWith("/api/replicate/webhook") === true && url.searchParams.get("prediction") === id;
}
