import type { EventEmitter } from "node:events";
import { pause, type Clock } from "./clock.ts";
import type { Faults, Rule } from "./faults.ts";
import { newId } from "./ids.ts";
import type { Ledger } from "./ledger.ts";
import { isTerminal, showPrediction, type Prediction, type WebhookEvent } from "./prediction.ts";
import { sign } from "./sign.ts";
import type { State } from "./state.ts";

/** Milliseconds before each attempt at the terminal webhook: the last comes a minute after completion. */
const ATTEMPTS = [0, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000];
const THROTTLE = 500;
const TIMEOUT = 10_000;
const OTHER_SECRET = `whsec_${Buffer.from("not the secret of this host").toString("base64")}`;

type Fault = NonNullable<Rule["webhooks"]>;
type Message = { id: string; url: string; body: string; fault: Fault };

export type Webhooks = ReturnType<typeof createWebhooks>;

function message(prediction: Prediction, id: string, url: string, fault: Fault, origin: string): Message {
  const shown = showPrediction(prediction, origin);
  return { id, url, body: JSON.stringify({ ...shown, logs: shown.logs + "x".repeat(fault.pad ?? 0) }), fault };
}

/** One POST; true when it was answered with 2xx. The outcome is the status, or the error's code. */
async function post({ id, url, body, fault }: Message, secret: string): Promise<{ ok: boolean; outcome: string }> {
  const timestamp = Math.floor(Date.now() / 1000) + (fault.shift ?? 0);
  const others = Array.from({ length: fault.extra_signatures ?? 0 }, (_, n) =>
    sign(OTHER_SECRET, `${n}`, timestamp, body),
  );
  const signature = sign(fault.forge ? OTHER_SECRET : secret, id, timestamp, body);
  try {
    const response = await fetch(url, {
      method: "POST",
      redirect: "manual",
      headers: {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": String(timestamp),
        "webhook-signature": [...others, signature].join(" "),
      },
      body,
      signal: AbortSignal.timeout(TIMEOUT),
    });
    await response.body?.cancel();
    return { ok: response.ok, outcome: String(response.status) };
  } catch (error) {
    return { ok: false, outcome: error instanceof Error ? error.name : "error" };
  }
}

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
    const { ok, outcome } = await post(made, secret);
    ledger.sent({ prediction: prediction.id, event, attempt: number, outcome });
    return ok;
  }

  async function sendOnce(prediction: Prediction, event: WebhookEvent, url: string) {
    const fault = faults.take("webhooks", prediction.input) ?? {};
    if (fault.drop) return ledger.sent({ prediction: prediction.id, event, attempt: 0, outcome: "withheld" });
    const made = message(prediction, `msg_${newId()}`, url, fault, origin);
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
    const made = message(prediction, kept.id, url, fault, origin);
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
