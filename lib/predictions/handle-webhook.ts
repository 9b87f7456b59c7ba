import "server-only";
import { LRUCache } from "lru-cache";
import { z } from "zod";
import { createCache } from "@/lib/cache";
import { log } from "@/lib/log";
import { ReplicatePrediction } from "@/lib/replicate/schema";
import { isOutage } from "@/lib/supabase/result";
import { reportDeleted } from "./cancel-deleted";
import { withoutSecrets } from "./input/hide-secrets";
import { toUpdate, type PredictionUpdate } from "./to-update";
import { isPolled } from "./poll-until-done";
import { getPollDelay } from "./polling-interval";
import { dropRunning, holdProgress, keepRunning } from "./live-updates/hold-progress";
import { applyUpdate, type PredictionRow, recordHeartbeat } from "./rows";
import { isFinished, isUnsaved } from "./status";

/**
 * The predictions that no further webhook can change. The keys contain our id and Replicate's id. `isDone`: no work was left
 * when the prediction ended. If it is false, files must still be saved, and a repeated webhook may continue this work.
 */
const ended = new LRUCache<string, { isDone: boolean }>({ max: 1000 });
/** Because of this cache, a process stores the time of the latest webhook at most once in a minute. */
const recorded = createCache<void>({ ttl: 60_000 });
/** The final updates that are being written. The keys contain our id, Replicate's id and the status. */
const ending = new Map<string, Promise<Handled>>();

/**
 * `isOurs`: whether the webhook is for one of our predictions. `unsaved`: the row, if the prediction has succeeded and its output
 * must be saved. `written`: resolves when the writes that continue after the response have ended. Pass this promise to `after`,
 * so that the host does not stop the process before the writes have ended.
 */
type Handled = { isOurs: boolean; unsaved: PredictionRow | null; written?: Promise<void> | null };

/**
 * Applies a webhook whose signature was verified. `id` is the id of our prediction, and `secretNames` are the names of its secret
 * inputs, both from the webhook's URL. The SQL function `update_prediction` ignores an update that arrives late, twice or out of
 * order. An invalid body or an unknown id is not an error, because Replicate would send the webhook again after an error. Throws
 * `db_unavailable` and `storage_full`.
 */
export async function handleWebhook(id: string | null, body: string, secretNames: string[]): Promise<Handled> {
  const ownId = z.uuid().safeParse(id).data;
  const remote = ReplicatePrediction.safeParse(parseJson(body)).data;
  if (!ownId || !remote) return { isOurs: false, unsaved: null };
  const pair = `${ownId} ${remote.id}`;
  const end = ended.get(pair);
  // A repeated webhook needs no query if no work is left, or if this process is already polling the prediction until its
  // output is saved.
  if (end && (end.isDone || isPolled(ownId))) return { isOurs: true, unsaved: null };

  const update = toUpdate(withoutSecrets(remote, ownId, secretNames));
  if (!isFinished(update.status)) return applyWebhook(ownId, remote, update);
  const key = `${pair} ${update.status}`;
  const first = ending.get(key);
  // A repeated webhook waits until the first one has been handled, so that a slow database does not get more and more updates.
  if (first) return { ...(await first), unsaved: null };
  const handled = applyWebhook(ownId, remote, update);
  ending.set(key, handled);
  return handled.finally(() => ending.delete(key));
}

/** Records that webhooks arrive, at most once a minute in each process. Never throws. */
export async function recordWebhook(): Promise<void> {
  await recorded("", () => recordHeartbeat("webhook")).catch((error: unknown) => {
    log.error("webhook_not_recorded", { error });
  });
}

async function applyWebhook(ownId: string, remote: ReplicatePrediction, update: PredictionUpdate): Promise<Handled> {
  const write = async (latest: PredictionUpdate) => {
    const elapsed = remote.created_at ? (Date.now() - Date.parse(remote.created_at)) / 1000 : 0;
    const delay = isFinished(latest.status) ? 0 : await getPollDelay(remote.model ?? "", elapsed);
    const changed = await applyUpdate({ id: ownId, lease_token: null }, latest, delay).catch(nullIfUnreadable);
    keepRunning(ownId, changed);
    return changed;
  };
  const held = holdProgress(ownId, update, write);
  if (held) return { isOurs: true, unsaved: null, ...held };

  dropRunning(ownId);
  const row = await write(update);
  if (!row && !isFinished(update.status)) await reportDeleted(ownId, remote.id);
  if (row?.replicate_id !== remote.id) return { isOurs: false, unsaved: null };
  if (isFinished(row.status) && !row.provisional) ended.set(`${ownId} ${remote.id}`, { isDone: row.next_at === null });
  return { isOurs: true, unsaved: isUnsaved(row) ? row : null };
}

/**
 * Logs the error and returns null if the database has rejected a value of the webhook: the prediction is polled later in any
 * case. Throws the error if the database is unavailable or full.
 */
function nullIfUnreadable(error: unknown): null {
  if (isOutage(error)) throw error;
  log.error("webhook_unreadable", { error });
  return null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
