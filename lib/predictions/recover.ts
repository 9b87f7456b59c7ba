import "server-only";
import { isDeepStrictEqual } from "node:util";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { parseMediaPath } from "@/lib/media/media-urls";
import { signInputFiles } from "@/lib/media/input-files";
import { redactedNames } from "@/lib/models/inputs/secrets";
import * as replicate from "@/lib/replicate/client";
import { ReplicateError } from "@/lib/replicate/errors";
import type { ReplicatePrediction } from "@/lib/replicate/schema";
import { withoutSecretsOf } from "./input/hide-secrets";
import { toUpdate, type PredictionUpdate } from "./to-update";
import { listKnownReplicateIds, listUnidentifiedInputs } from "./recover-queries";
import { getPollDelay } from "./polling-interval";
import { applyUpdate, releaseLease, waitForTurn, type PredictionRow } from "./rows";

type Input = PredictionRow["input"];

/**
 * If Replicate's list does not contain the prediction of a create request after this time (s), the row is ended provisionally,
 * because Replicate probably never received the request.
 */
const GIVE_UP_AFTER = 120;
/**
 * The longest run (s). Replicate ends every prediction after 30 minutes. So a prediction that seems to run longer than this
 * counts as lost. We also wait no longer than this while Replicate is unavailable. The SQL function `update_prediction` contains
 * the same time.
 */
export const MAX_RUN = 35 * 60;
/** How far Replicate's clock and the database's clock may be apart (ms). */
const CLOCK_SKEW = 60_000;
/** How far `created_at` at Replicate and `sent_at` in the row may be apart (ms). */
const MAX_DISTANCE = 3 * 60_000;
/** The largest number of predictions at Replicate that one step compares with the row. Each comparison costs a request. */
const MAX_CANDIDATES = 10;
/**
 * A provisional prediction is checked until this time after it was sent (s). A later result is of no use, because Replicate
 * deletes the files of a prediction an hour after its run.
 */
const CHECK_FOR = 95 * 60;
/** The shortest and longest time between two checks of a provisional prediction (s). */
const MIN_PAUSE = 60;
const MAX_PAUSE = 15 * 60;

/**
 * Searches Replicate for the prediction of a create request whose response was lost. If the prediction is not found within two
 * minutes, ends it provisionally. `sentAt` and `now` are times by the database's clock (ms). Throws `db_unavailable`, and a
 * `ReplicateError` if Replicate's list cannot be understood.
 */
export async function recoverPrediction(
  row: PredictionRow,
  sentAt: number,
  now: number,
): Promise<PredictionRow | null> {
  const elapsed = (now - sentAt) / 1000;
  const error = "Replicate did not confirm that this prediction was started.";
  const giveUp = () => endProvisionally(row, elapsed, { error, error_code: "provider_unreachable" });
  let found: ReplicatePrediction | null;
  try {
    found = await findAtReplicate(row, sentAt);
  } catch (error) {
    if (!(error instanceof ReplicateError) || error.kind === "unreadable") throw error;
    if (row.provisional || elapsed > MAX_RUN) return giveUp();
    return error.kind === "throttled" ? waitForTurn(row, error.retryAfter) : releaseLease(row, 5, null);
  }
  if (found) return applyUpdate(row, toUpdate(withoutSecretsOf(row, found)), await getPollDelay(row.model, elapsed));
  return elapsed < GIVE_UP_AFTER ? releaseLease(row, 3, null) : giveUp();
}

async function findAtReplicate(row: PredictionRow, sentAt: number): Promise<ReplicatePrediction | null> {
  const recent = await replicate.listPredictionsSince(sentAt - CLOCK_SKEW);
  // `rivals` is read before `known`. In the opposite order, another server could record the id of a rival's prediction between
  // the two queries. The rival would then be in neither result, and this row could get the rival's prediction.
  const isComparable = env().webhookUrl !== null || (env().isStorageReachable && redactedNames(row.input).length === 0);
  const rivals = isComparable ? [] : await listUnidentifiedInputs(row, sentAt, 2 * MAX_DISTANCE);
  const known = await listKnownReplicateIds(recent.map(({ id }) => id));
  const distance = (item: { created_at: string }) => Math.abs(Date.parse(item.created_at) - sentAt);
  const candidates = recent
    .filter((item) => distance(item) <= MAX_DISTANCE && !known.has(item.id))
    .filter(({ version }) => !row.version || !version || version === row.version)
    .toSorted((a, b) => distance(a) - distance(b));
  for (const { id } of candidates.slice(0, MAX_CANDIDATES)) {
    const remote = await replicate.getPrediction(id).catch(nullIfUnreadable);
    if (remote && (await isStartedBy(row, remote, rivals))) return remote;
  }
  return null;
}

/**
 * Returns null if Replicate's response with a prediction could not be understood, so that the search continues. Throws any other
 * error.
 */
function nullIfUnreadable(error: unknown): null {
  if (error instanceof ReplicateError && error.kind === "unreadable") return null;
  throw error;
}

/**
 * Whether the prediction `remote` at Replicate was started by this row's create request. If `remote` has a webhook, the id in
 * the webhook's URL decides. Without a webhook, the model and the input must be equal. If two predictions have the same model
 * and input, it does not matter which of them belongs to which row. But if this app uses webhooks, a prediction without a
 * webhook belongs to another installation on the same account.
 *
 * `rivals` are the inputs of other rows whose predictions at Replicate are not known yet (see `listUnidentifiedInputs`). They
 * matter if a part of the input cannot be compared, because then a user could get the result of another secret, or of another
 * user's file:
 * - Secrets. If one of `rivals` could have started `remote` too, a prediction with secrets is not identified.
 * - Files, if Replicate cannot read our storage. In this case, each server sends its own copies of input files, so the URL of a
 *   file may differ from the URL in the create request. So the files are compared only if one of `rivals` could have started
 *   `remote` too.
 *
 * Throws `db_unavailable`, and the errors of `signInputFiles`.
 */
export async function isStartedBy(row: PredictionRow, remote: ReplicatePrediction, rivals: Input[]): Promise<boolean> {
  if (remote.webhook) return isWebhookFor(row.id, remote.webhook);
  if (env().webhookUrl) return false;
  if (remote.model && remote.model !== row.model) return false;
  const theirs = remote.input ?? {};
  const hasRival = rivals.some((rival) => isSameWithoutFiles(rival, theirs));
  if (hasRival && redactedNames(row.input).length > 0) return false;
  if (!env().isStorageReachable) {
    if (!isSameWithoutFiles(row.input, theirs)) return false;
    if (!hasRival) return true;
  }
  const sent = await signInputFiles(row.input, row.user_id).catch((error: unknown) => {
    // If a file was deleted, its URL cannot be signed. Then the input is compared as it is in the row, without signed URLs, and
    // `isSameValue` accepts any file of the same owner.
    if (error instanceof AppError && error.code === "not_found") return row.input;
    throw error;
  });
  return everyInput(row.input, theirs, (name) => isSameInput(row.input[name], sent[name], theirs[name], row.user_id));
}

/** Whether the inputs are equal apart from their files and secrets. */
function isSameWithoutFiles(saved: Input, theirs: Input): boolean {
  const isFile = (name: string) => [saved[name]].flat().some((value) => parseMediaPath(value) !== null);
  return everyInput(saved, theirs, (name) => isFile(name) || isDeepStrictEqual(saved[name], theirs[name]));
}

/**
 * Whether `isSame` accepts every input except the secrets. Secrets cannot be compared: the row does not contain them, and
 * Replicate may not show them.
 */
function everyInput(saved: Input, theirs: Input, isSame: (name: string) => boolean): boolean {
  const secrets = redactedNames(saved);
  const names = new Set([...Object.keys(saved), ...Object.keys(theirs)]);
  return [...names].every((name) => secrets.includes(name) || isSame(name));
}

/**
 * Whether one input has the same value in the row and at Replicate. The value may be a list. `saved` is the value in the row,
 * `sent` is that value with signed URLs, and `theirs` is the value at Replicate.
 */
function isSameInput(saved: unknown, sent: unknown, theirs: unknown, owner: string): boolean {
  if (!Array.isArray(saved) || !Array.isArray(sent) || !Array.isArray(theirs)) {
    return isSameValue(saved, sent, theirs, owner);
  }
  return saved.length === theirs.length && saved.every((item, at) => isSameValue(item, sent[at], theirs[at], owner));
}

function isSameValue(saved: unknown, sent: unknown, theirs: unknown, owner: string): boolean {
  if (!parseMediaPath(saved)) return isDeepStrictEqual(sent, theirs);
  // The URL was not signed, because a file of the input was deleted. So any file of the same owner may match.
  if (sent === saved) return String(theirs).includes(`/${owner}/`);
  // Two signed URLs of the same file differ only in their queries.
  return URL.parse(String(sent))?.pathname === URL.parse(String(theirs))?.pathname;
}

/**
 * Whether a webhook's URL is for this row. The domain does not matter, because this app may have moved to another domain. Ids of
 * rows are random, so no other installation has the same id.
 */
function isWebhookFor(id: string, webhook: string): boolean {
  const url = URL.parse(webhook);
  return url?.pathname.endsWith("/api/replicate/webhook") === true && url.searchParams.get("prediction") === id;
}

/**
 * Ends a prediction provisionally: its status becomes `failed`, because Replicate gave no usable response. The model may still
 * finish. So the sweep checks the prediction less and less often, until Replicate has deleted the files of the result. A
 * webhook is accepted even later. `elapsed`: the seconds since the prediction was sent.
 */
export function endProvisionally(
  row: PredictionRow,
  elapsed: number,
  reason: Required<Pick<PredictionUpdate, "error" | "error_code">>,
): Promise<PredictionRow | null> {
  const pause = Math.min(MAX_PAUSE, Math.max(MIN_PAUSE, elapsed / 2));
  const update = { status: "failed" as const, provisional: true, ...reason };
  const known = row.replicate_id === null ? {} : { replicate_id: row.replicate_id };
  return applyUpdate(row, { ...update, ...known }, elapsed > CHECK_FOR ? null : pause);
}
