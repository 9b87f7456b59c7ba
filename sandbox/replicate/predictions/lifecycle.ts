import type { EventEmitter } from "node:events";
import { pause, type Clock } from "../state/clock.ts";
import type { Faults } from "../faults/faults.ts";
import { hasWord } from "../faults/magic-words.ts";
import { saveFiles, overrideOutput } from "./outputs.ts";
import { isTerminal, type Prediction } from "./prediction.ts";
import { planRun } from "./plan-run.ts";
import { ModelError, type Plan } from "./runners/plan.ts";
import type { State } from "../state/state.ts";
import type { Webhooks } from "../webhooks/webhooks.ts";

const CRASH = "CUDA out of memory. Tried to allocate 2.00 GiB (GPU 0; 44.34 GiB total capacity)";

type Dependencies = {
  clock: Clock;
  state: State;
  faults: Faults;
  webhooks: Webhooks;
  changes: EventEmitter;
  origin: string;
};

export type Lifecycle = ReturnType<typeof createLifecycle>;

/** Moves predictions forward: starting, processing, an end. Every change is emitted under the prediction's id. */
export function createLifecycle({ clock, state, faults, webhooks, changes, origin }: Dependencies) {
  const runs = new Map<string, { skip: AbortController; ended: Promise<void> }>();
  let closed = false;

  function end(prediction: Prediction, status: Prediction["status"], error: string | null = null) {
    if (isTerminal(prediction)) return;
    prediction.status = status;
    prediction.error = error;
    prediction.completed_at = clock.timestamp();
    const seconds = (from: string) => ((clock.now() - Date.parse(from)) * clock.factor) / 1000;
    prediction.metrics = {
      ...prediction.metrics,
      ...(prediction.started_at && { predict_time: seconds(prediction.started_at) }),
      total_time: seconds(prediction.created_at),
    };
    state.predictions.save(prediction);
    changes.emit(prediction.id);
    webhooks.notify(prediction, "completed");
  }

  /** Writes the log and the growing output at their times; false when the run was ended meanwhile. */
  async function play(prediction: Prediction, plan: Plan, until: number, skip: AbortSignal): Promise<boolean> {
    const started = Date.parse(prediction.started_at ?? prediction.created_at);
    const pieces: string[] = [];
    prediction.logs = "";
    for (const { at, log, piece } of [...plan.events.filter((event) => event.at <= until), { at: until }]) {
      await clock.until(started, at, skip);
      if (closed || isTerminal(prediction)) return false;
      if (log !== undefined) prediction.logs += `${log}\n`;
      if (piece !== undefined) prediction.output = [...pieces, piece];
      if (piece !== undefined) pieces.push(piece);
      changes.emit(prediction.id);
      if (log !== undefined) webhooks.notify(prediction, "logs");
      if (piece !== undefined) webhooks.notify(prediction, "output");
    }
    return true;
  }

  async function process(prediction: Prediction, skip: AbortSignal) {
    const plan = await planRun(prediction, state, origin);
    const override = faults.output(prediction.input);
    const making = plan.make(override && overrideOutput(override.value, []).wanted);
    making.catch(() => undefined);
    const crashes = hasWord(prediction.input, "[fail]");
    if (!(await play(prediction, plan, crashes ? plan.duration / 2 : plan.duration, skip))) return;
    if (crashes) throw new ModelError(CRASH);
    if (plan.fails) throw new ModelError(plan.fails);
    const made = await making;
    if (closed || isTerminal(prediction)) return;
    const paths = await saveFiles(state, prediction, made);
    if (closed || isTerminal(prediction)) return;
    prediction.output = override ? overrideOutput(override.value, made, paths).output : plan.output(paths);
    prediction.metrics = plan.metrics;
    if (!plan.events.some((event) => event.piece)) webhooks.notify(prediction, "output");
    end(prediction, "succeeded");
  }

  async function run(prediction: Prediction, skip: AbortSignal) {
    await clock.until(Date.parse(prediction.created_at), prediction.boot, skip);
    if (closed || isTerminal(prediction)) return;
    if (prediction.status === "starting") {
      prediction.status = "processing";
      prediction.started_at = clock.timestamp();
      state.predictions.save(prediction);
      changes.emit(prediction.id);
      webhooks.notify(prediction, "start");
    }
    try {
      await process(prediction, skip);
    } catch (error) {
      const message =
        error instanceof ModelError ? error.message : "Director: unexpected error handling prediction (E9828)";
      if (!closed) end(prediction, "failed", message);
    }
  }

  async function enforceDeadline(prediction: Prediction, deadline: string, skip: AbortController) {
    await pause(Date.parse(deadline) - clock.now(), skip.signal);
    if (skip.signal.aborted) return;
    end(prediction, prediction.started_at ? "canceled" : "aborted");
    skip.abort();
  }

  /** Starts a prediction, or takes up one that was running when the process died. */
  function start(prediction: Prediction) {
    const skip = new AbortController();
    if (prediction.deadline) void enforceDeadline(prediction, prediction.deadline, skip);
    const ended = run(prediction, skip.signal).finally(() => {
      skip.abort();
      runs.delete(prediction.id);
    });
    runs.set(prediction.id, { skip, ended });
  }

  return {
    start,
    /** Resolves when the prediction has ended. */
    ended: (id: string): Promise<void> => runs.get(id)?.ended ?? Promise.resolve(),
    /** Lets all remaining time pass at once. */
    async finishNow(id: string) {
      const current = runs.get(id);
      current?.skip.abort();
      await current?.ended;
    },
    cancel(prediction: Prediction) {
      end(prediction, "canceled");
      runs.get(prediction.id)?.skip.abort();
    },
    /** Leaves every run as it stands; the next start takes it up. */
    close() {
      closed = true;
      for (const { skip } of runs.values()) skip.abort();
    },
  };
}
