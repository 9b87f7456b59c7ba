import { EventEmitter } from "node:events";
import { createClock, type Clock } from "./state/clock.ts";
import { createFaults, type Faults } from "./faults/faults.ts";
import { createLedger, type LoggedRequest, type Ledger } from "./faults/ledger.ts";
import { createLifecycle, type Lifecycle } from "./predictions/lifecycle.ts";
import { createLimits, type Limits } from "./faults/create-limits.ts";
import { isTerminal } from "./predictions/prediction.ts";
import { removeExpired } from "./predictions/retention.ts";
import { openState, type State } from "./state/state.ts";
import { createWebhooks, type Webhooks } from "./webhooks/webhooks.ts";
import { createColdStarts, type ColdStarts } from "./predictions/cold-starts.ts";

export type Options = {
  /** Where state is kept; null keeps it in memory. */
  dir: string | null;
  /** What its absolute URLs begin with, `http://127.0.0.1:4010`. */
  origin: string;
  token: string;
  /** `whsec_` and the key in base64. */
  webhookSecret: string;
  /** How many times faster than real it lives. */
  clock?: number;
};

export type Sandbox = Required<Pick<Options, "origin" | "token" | "webhookSecret">> & {
  clock: Clock;
  state: State;
  faults: Faults;
  limits: Limits;
  ledger: Ledger;
  /** Emits a prediction's id each time something about it changes. */
  changes: EventEmitter;
  lifecycle: Lifecycle;
  webhooks: Webhooks;
  coldStarts: ColdStarts;
  /** How often each output file was asked for. */
  downloads: Map<string, number>;
  close(): void;
};

/** One request on its way through a route. */
export type RouteContext = {
  sandbox: Sandbox;
  request: Request;
  url: URL;
  /** The named part of the path. */
  param: (name: string) => string;
  asked: LoggedRequest;
};

const SWEEP = 60_000;

/** Puts the parts together and takes up what was unfinished when the last process ended. */
export function createSandbox({ dir, origin, token, webhookSecret, clock: factor }: Options): Sandbox {
  const clock = createClock(factor);
  const state = openState(dir);
  const faults = createFaults(clock);
  const limits = createLimits(clock, faults);
  const ledger = createLedger(clock.timestamp);
  const changes = new EventEmitter().setMaxListeners(0);
  const webhooks = createWebhooks({ clock, state, faults, ledger, changes, origin, secret: webhookSecret });
  const lifecycle = createLifecycle({ clock, state, faults, webhooks, changes, origin });

  for (const prediction of state.predictions.list().reverse()) {
    if (!isTerminal(prediction)) lifecycle.start(prediction);
    else if (prediction.last_webhook && !prediction.last_webhook.settled) webhooks.notify(prediction, "completed");
  }
  const sweep = () => state.predictions.list().forEach((prediction) => removeExpired(prediction, state, clock));
  sweep();
  const sweeping = setInterval(sweep, SWEEP);
  sweeping.unref();

  return {
    origin,
    token,
    webhookSecret,
    clock,
    state,
    faults,
    limits,
    ledger,
    changes,
    lifecycle,
    webhooks,
    coldStarts: createColdStarts(clock),
    downloads: new Map(),
    close() {
      clearInterval(sweeping);
      webhooks.close();
      lifecycle.close();
      state.close();
    },
  };
}
