import { EventEmitter } from "node:events";
import { createLimits, type Limits } from "./faults/request-limits.ts";
import { createFaults, type Faults } from "./faults/faults.ts";
import { createLedger, type LoggedRequest, type Ledger } from "./faults/ledger.ts";
import { createColdStarts, type ColdStarts } from "./predictions/cold-starts.ts";
import { createLifecycle, type Lifecycle } from "./predictions/lifecycle.ts";
import { isTerminal } from "./predictions/prediction.ts";
import { removeExpired } from "./predictions/retention.ts";
import { createClock, type Clock } from "./state/clock.ts";
import { openState, type State } from "./state/saved-state.ts";
import { createWebhooks, type Webhooks } from "./webhooks/webhooks.ts";

export type Options = {
  /** The folder in which the state is saved. If null, the state is only in memory. */
  dir: string | null;
  /** The origin of this server, such as `http://127.0.0.1:4010`. All URLs in its responses begin with it. */
  origin: string;
  token: string;
  /** The prefix `whsec_`, followed by the key in base64. */
  webhookSecret: string;
  /** How many times faster than real time the sandbox runs. 1 if missing. */
  clock?: number;
};

export type Sandbox = Required<Pick<Options, "origin" | "token" | "webhookSecret">> & {
  clock: Clock;
  state: State;
  faults: Faults;
  limits: Limits;
  ledger: Ledger;
  /**
   * When a prediction changes, emits an event whose name is the id of the prediction. Also emits `settled <id>` when the
   * `completed` webhook of a prediction was delivered or given up.
   */
  changes: EventEmitter;
  lifecycle: Lifecycle;
  webhooks: Webhooks;
  coldStarts: ColdStarts;
  /** The number of downloads of each output file, by the id of the file. A download with a fault from a rule is not counted. */
  downloads: Map<string, number>;
  close(): void;
};

/** A request, and the other values that its route needs. */
export type RouteContext = {
  sandbox: Sandbox;
  request: Request;
  url: URL;
  /** The value of a named part of the path: in the route `/v1/models/:owner/:name`, the names are `owner` and `name`. */
  param: (name: string) => string;
  logEntry: LoggedRequest;
};

const SWEEP = 60_000;

/** Creates the sandbox. Continues the runs and webhooks that were not finished when the last process with this folder ended. */
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
