import type { EventEmitter } from "node:events";
import type { Faults } from "../faults/faults.ts";
import type { Ledger } from "../faults/ledger.ts";
import { isTerminal, serializePrediction, type Prediction, type WebhookEvent } from "../predictions/prediction.ts";
import { pause, type Clock } from "../state/clock.ts";
import { newId } from "../state/ids.ts";
import type { State } from "../state/saved-state.ts";
import { createMessage, postMessage, type Message } from "./deliver-webhook.ts";

/**
 * The pause (ms of sandbox time) before each attempt to deliver the `completed` webhook. The seventh attempt comes a minute after
 * the end of the prediction.
 */
const ATTEMPTS = [0, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000];
const THROTTLE = 500;

export type Webhooks = ReturnType<typeof createWebhooks>;

type Dependencies = {
  clock: Clock;
  state: State;
  faults: Faults;
  ledger: Ledger;
  changes: EventEmitter;
  origin: string;
  secret: string;
};

/**
 * Sends signed webhooks: for each prediction, at most two `logs` and two `output` webhooks a second. Only a `completed` webhook
 * is sent again if it cannot be delivered.
 */
export function createWebhooks({ clock, state, faults, ledger, changes, origin, secret }: Dependencies) {
  const closing = new AbortController();
  const show = (prediction: Prediction) => ({
    ...serializePrediction(prediction, origin),
    ...faults.fields(prediction.input),
  });
  const throttled = new Map<string, { last: number; waiting: boolean }>();

  async function tryDelivery(
    prediction: Prediction,
    event: WebhookEvent,
    message: Message,
    number: number,
  ): Promise<boolean> {
    const { ok, outcome } = await postMessage(message, secret);
    ledger.addWebhook({ prediction: prediction.id, event, attempt: number, outcome });
    return ok;
  }

  async function sendOnce(prediction: Prediction, event: WebhookEvent, url: string) {
    const fault = faults.take("webhooks", prediction.input) ?? {};
    if (fault.drop) return ledger.addWebhook({ prediction: prediction.id, event, attempt: 0, outcome: "withheld" });
    const message = createMessage(show(prediction), `msg_${newId()}`, url, fault);
    // With the fault `reorder`, this webhook waits until the `completed` webhook was delivered or given up. The body of this
    // webhook was built before the wait, so it has an earlier state of the prediction.
    while (fault.reorder && !prediction.last_webhook?.settled && !closing.signal.aborted) {
      await new Promise((resolve) => changes.once(`settled ${prediction.id}`, resolve));
    }
    await pause(fault.delay ?? 0, closing.signal);
    for (let n = 0; n <= (fault.duplicate ?? 0); n++) await tryDelivery(prediction, event, message, 1);
  }

  async function sendCompleted(prediction: Prediction, url: string) {
    const last = (prediction.last_webhook ??= { id: `msg_${newId()}`, attempts: 0, settled: false });
    const fault = faults.take("webhooks", prediction.input) ?? {};
    if (fault.drop)
      ledger.addWebhook({ prediction: prediction.id, event: "completed", attempt: 0, outcome: "withheld" });
    const message = createMessage(show(prediction), last.id, url, fault);
    await pause(fault.delay ?? 0, closing.signal);
    let delivered = fault.drop ?? false;
    while (!delivered && last.attempts < ATTEMPTS.length) {
      await clock.sleep(ATTEMPTS[last.attempts] ?? 0, closing.signal);
      if (closing.signal.aborted) return;
      last.attempts += 1;
      delivered = await tryDelivery(prediction, "completed", message, last.attempts);
      if (!delivered) state.predictions.save(prediction);
    }
    for (let n = 0; n < (fault.duplicate ?? 0); n++) await tryDelivery(prediction, "completed", message, last.attempts);
    last.settled = true;
    state.predictions.save(prediction);
    changes.emit(`settled ${prediction.id}`);
  }

  /**
   * Sends a webhook for an event. If several events follow each other quickly, the webhook of the first event is sent
   * immediately. After 500 ms, one more webhook is sent for all later events together, with the newest state of the prediction.
   */
  async function sendThrottled(prediction: Prediction, event: "logs" | "output", url: string) {
    const key = `${event} ${prediction.id}`;
    const slot = throttled.get(key) ?? { last: -Infinity, waiting: false };
    throttled.set(key, slot);
    if (slot.waiting) return;
    if (clock.after(slot.last, THROTTLE) > clock.now()) {
      slot.waiting = true;
      await clock.until(slot.last, THROTTLE, closing.signal);
      slot.waiting = false;
    }
    slot.last = clock.now();
    if (isTerminal(prediction)) throttled.delete(key);
    else if (!closing.signal.aborted) await sendOnce(prediction, event, url);
  }

  return {
    notify(prediction: Prediction, event: WebhookEvent) {
      const { webhook, webhook_events_filter: wanted } = prediction;
      if (!webhook || (wanted && !wanted.includes(event))) return;
      if (event === "completed") void sendCompleted(prediction, webhook);
      else if (event === "start") void sendOnce(prediction, event, webhook);
      else void sendThrottled(prediction, event, webhook);
    },
    close: () => closing.abort(),
  };
}
