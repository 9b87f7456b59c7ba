import type { EventEmitter } from "node:events";
import { pause, type Clock } from "../state/clock.ts";
import type { Faults } from "../faults/faults.ts";
import { newId } from "../state/ids.ts";
import type { Ledger } from "../faults/ledger.ts";
import { isTerminal, type Prediction, type WebhookEvent } from "../predictions/prediction.ts";
import { createMessage, postMessage, type Message } from "./deliver-webhook.ts";
import type { State } from "../state/state.ts";

/** Milliseconds before each attempt at the terminal webhook: the last comes a minute after completion. */
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

/** Signed deliveries: throttled while a prediction runs, repeated only for its end. */
export function createWebhooks({ clock, state, faults, ledger, changes, origin, secret }: Dependencies) {
  const closing = new AbortController();
  const throttled = new Map<string, { last: number; waiting: boolean }>();

  async function attempt(prediction: Prediction, event: WebhookEvent, made: Message, number: number): Promise<boolean> {
    const { ok, outcome } = await postMessage(made, secret);
    ledger.sent({ prediction: prediction.id, event, attempt: number, outcome });
    return ok;
  }

  async function sendOnce(prediction: Prediction, event: WebhookEvent, url: string) {
    const fault = faults.take("webhooks", prediction.input) ?? {};
    if (fault.drop) return ledger.sent({ prediction: prediction.id, event, attempt: 0, outcome: "withheld" });
    const made = createMessage(prediction, `msg_${newId()}`, url, fault, origin);
    // The snapshot is taken now and arrives late: that is what a reordered delivery looks like.
    while (fault.reorder && !prediction.last_webhook?.settled && !closing.signal.aborted) {
      await new Promise((resolve) => changes.once(`settled ${prediction.id}`, resolve));
    }
    await pause(fault.delay ?? 0, closing.signal);
    for (let n = 0; n <= (fault.duplicate ?? 0); n++) await attempt(prediction, event, made, 1);
  }

  async function sendLast(prediction: Prediction, url: string) {
    const kept = (prediction.last_webhook ??= { id: `msg_${newId()}`, attempts: 0, settled: false });
    const fault = faults.take("webhooks", prediction.input) ?? {};
    if (fault.drop) ledger.sent({ prediction: prediction.id, event: "completed", attempt: 0, outcome: "withheld" });
    const made = createMessage(prediction, kept.id, url, fault, origin);
    await pause(fault.delay ?? 0, closing.signal);
    let delivered = fault.drop ?? false;
    while (!delivered && kept.attempts < ATTEMPTS.length) {
      await clock.sleep(ATTEMPTS[kept.attempts] ?? 0, closing.signal);
      if (closing.signal.aborted) return;
      kept.attempts += 1;
      delivered = await attempt(prediction, "completed", made, kept.attempts);
      if (!delivered) state.predictions.save(prediction);
    }
    for (let n = 0; n < (fault.duplicate ?? 0); n++) await attempt(prediction, "completed", made, kept.attempts);
    kept.settled = true;
    state.predictions.save(prediction);
    changes.emit(`settled ${prediction.id}`);
  }

  /** The first of a burst goes at once, the last when 500 ms have passed: nobody is told every step. */
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
      if (event === "completed") void sendLast(prediction, webhook);
      else if (event === "start") void sendOnce(prediction, event, webhook);
      else void sendThrottled(prediction, event, webhook);
    },
    close: () => closing.abort(),
  };
}
