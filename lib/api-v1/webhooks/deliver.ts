import "server-only";
import { env } from "@/lib/env";
import { describePrediction } from "@/lib/api-v1/predictions/describe";
import { log } from "@/lib/log";
import { processState, shutdownSignal } from "@/lib/process-globals";
import { claimEvents, deleteEvent, retryEvent, type WebhookEvent } from "./event-queue";
import { sendWebhook } from "./send-webhook";
import { signedHeaders } from "./sign-webhook";

/** The time limit of one request (ms). */
const TIMEOUT = 10_000;
/**
 * How many events this process sends at the same time, and how many it claims in one query. Both numbers are limited, because
 * the events are in memory while they are sent.
 */
const MAX_SENDING = 100;
const MAX_CLAIMED = 20;
/**
 * How long after a change this process looks for due events again (ms). This is a little longer than 500 ms: the time after
 * which an event about progress is due (see the SQL function `add_webhook_event`).
 */
const PROGRESS_DUE_AFTER = 520;

const sending = new Set<Promise<void>>();
let isClaiming = false;
/** Whether there may be due events that the last claim did not find. */
let isDue = false;

/**
 * From now on, sends the events about each change that this process makes to a prediction with a webhook: `start` and
 * `completed` immediately, and `progress` about half a second later.
 */
export function watchWebhookEvents(): void {
  const deliver = () => void sendDueWebhooks().catch((error: unknown) => log.error("webhooks_failed", { error }));
  processState.events.on("webhook", () => {
    deliver();
    setTimeout(deliver, PROGRESS_DUE_AFTER).unref();
  });
}

/**
 * Starts to send the events that are due, and does not wait for the responses. After each response, looks for the next due event.
 * Can run on several servers. Throws `db_unavailable`.
 */
export async function sendDueWebhooks(): Promise<void> {
  isDue = true;
  if (isClaiming) return;
  isClaiming = true;
  try {
    await claimDue();
  } finally {
    isClaiming = false;
  }
}

/** For a scheduler: sends all events that are due, and returns when their receivers have responded. Throws `db_unavailable`. */
export async function sendAllDueWebhooks(): Promise<void> {
  do {
    await sendDueWebhooks();
    await Promise.all(sending);
  } while (sending.size > 0);
}

async function claimDue(): Promise<void> {
  while (isDue && !shutdownSignal.aborted && sending.size < MAX_SENDING) {
    isDue = false;
    const limit = Math.min(MAX_CLAIMED, MAX_SENDING - sending.size);
    const { events, isFull } = await claimEvents(limit);
    for (const event of events) start(event);
    if (isFull) isDue = true;
  }
}

function start(event: WebhookEvent): void {
  const sent = deliver(event)
    .catch((error: unknown) => log.error("webhooks_failed", { error }))
    .then(() => {
      sending.delete(sent);
      return sendDueWebhooks();
    })
    .catch((error: unknown) => log.error("webhooks_failed", { error }));
  sending.add(sent);
}

/** Makes one attempt to send an event. If this process ends before the result is saved, the event is sent again. */
async function deliver(event: WebhookEvent): Promise<void> {
  const { id, row, attempts } = event;
  const signal = AbortSignal.any([AbortSignal.timeout(TIMEOUT), shutdownSignal]);
  try {
    const body = JSON.stringify(await describePrediction(row, env().APP_URL ?? ""));
    await sendWebhook(row.webhook ?? "", body, { headers: signedHeaders(row.user_id, id, body), signal });
  } catch (error) {
    log.info("webhook_not_sent", { prediction: row.id, attempts: attempts + 1, error });
    return retryEvent(event);
  }
  return deleteEvent(event);
}
