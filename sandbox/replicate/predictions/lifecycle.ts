import type { EventEmitter } from "node:events";
import type { Faults } from "../faults/faults.ts";
import { changeFiles, readFileChange } from "../faults/change-files.ts";
import { hasWord } from "../faults/magic-words.ts";
import { pause, type Clock } from "../state/clock.ts";
import type { State } from "../state/saved-state.ts";
import type { Webhooks } from "../webhooks/webhooks.ts";
import { embedFiles, saveFiles, overrideOutput } from "./outputs.ts";
import { createPlayer } from "./play-plan.ts";
import { planRun } from "./plan-run.ts";
import { publishVersion } from "./publish-version.ts";
import { isTerminal, type Prediction } from "./prediction.ts";
import { ModelError, type Plan } from "./runners/plan.ts";

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

/**
 * Runs predictions. The status of a prediction is first `starting`, then `processing`, and at the end a final status such as
 * `succeeded`. For each change of a prediction, emits an event whose name is the id of the prediction.
 */
export function createLifecycle({ clock, state, faults, webhooks, changes, origin }: Dependencies) {
  const runs = new Map<string, { skipWaits: AbortController; ended: Promise<void> }>();
  let closed = false;
  const isOver = (prediction: Prediction) => closed || isTerminal(prediction);
  const player = createPlayer({ clock, webhooks, changes, isOver });

  function end(prediction: Prediction, status: Prediction["status"], error: string | null = null) {
    if (isTerminal(prediction)) return;
    const hasRun = prediction.status === "processing";
    prediction.status = status;
    prediction.error = error;
    prediction.completed_at = clock.timestamp();
    // As at Replicate, a prediction that is canceled before it runs has a start time, and a run time of 17 microseconds.
    if (status === "canceled") prediction.started_at ??= prediction.completed_at;
    const seconds = (from: string) => ((clock.now() - Date.parse(from)) * clock.factor) / 1000;
    prediction.metrics = {
      ...prediction.metrics,
      ...(prediction.started_at && { predict_time: hasRun ? seconds(prediction.started_at) : 0.000017 }),
      total_time: seconds(prediction.created_at),
    };
    if (prediction.destination && status === "succeeded") publishVersion(state, prediction);
    state.predictions.save(prediction);
    changes.emit(prediction.id);
    webhooks.notify(prediction, "completed");
  }

  async function makeFiles({ input }: Prediction, plan: Plan, count: number | undefined) {
    return changeFiles(await plan.makeFiles(count), faults.files(input) ?? readFileChange(input));
  }

  async function execute(prediction: Prediction, skipWaits: AbortSignal) {
    const plan = await planRun(prediction, state, origin);
    const override = faults.output(prediction.input);
    const crashes = hasWord(prediction.input, "[fail]");
    const span = { until: crashes ? plan.duration / 2 : plan.duration, skipWaits };
    const making = makeFiles(prediction, plan, override && overrideOutput(override.value, []).fileCount);
    const saving = plan.gradual && !override ? making.then((files) => saveFiles(state, prediction, files)) : null;
    const showing = saving?.then((paths) => player.playFiles(prediction, plan, paths, span));
    // `making` and `showing` are awaited below, perhaps much later. If one of them rejected before it is awaited, Node would end
    // the process because of an unhandled rejection. The empty handlers prevent this, and the `await` still throws the error.
    making.catch(() => undefined);
    showing?.catch(() => undefined);
    await player.playEvents(prediction, plan, span);
    await showing;
    if (isOver(prediction)) return;
    if (crashes) throw new ModelError(CRASH);
    if (plan.error) throw new ModelError(plan.error);
    const files = await making;
    if (isOver(prediction)) return;
    const paths = await (saving ?? saveFiles(state, prediction, files));
    if (isOver(prediction)) return;
    const output = override ? overrideOutput(override.value, files, paths).output : plan.toOutput(paths);
    prediction.output = hasWord(prediction.input, "[data]") ? await embedFiles(state, output) : output;
    prediction.metrics = plan.metrics;
    const isShown = saving || plan.events.some((event) => event.piece);
    if (!isShown) webhooks.notify(prediction, "output");
    end(prediction, "succeeded");
  }

  async function run(prediction: Prediction, skipWaits: AbortSignal) {
    await clock.until(Date.parse(prediction.created_at), prediction.boot, skipWaits);
    if (isOver(prediction)) return;
    if (prediction.status === "starting") {
      prediction.status = "processing";
      prediction.started_at = clock.timestamp();
      state.predictions.save(prediction);
      changes.emit(prediction.id);
      webhooks.notify(prediction, "start");
    }
    try {
      await execute(prediction, skipWaits);
    } catch (error) {
      const message =
        error instanceof ModelError ? error.message : "Director: unexpected error handling prediction (E9828)";
      if (!closed) end(prediction, "failed", message);
    }
  }

  async function enforceDeadline(prediction: Prediction, deadline: string, skipWaits: AbortController) {
    await pause(Date.parse(deadline) - clock.now(), skipWaits.signal);
    if (skipWaits.signal.aborted) return;
    end(prediction, prediction.started_at ? "canceled" : "aborted");
    skipWaits.abort();
  }

  /** Starts the run of a prediction, or starts it again if it was interrupted by the end of the process. */
  function start(prediction: Prediction) {
    const skipWaits = new AbortController();
    if (prediction.deadline) void enforceDeadline(prediction, prediction.deadline, skipWaits);
    const ended = run(prediction, skipWaits.signal).finally(() => {
      skipWaits.abort();
      runs.delete(prediction.id);
    });
    runs.set(prediction.id, { skipWaits, ended });
  }

  return {
    start,
    waitForEnd: (id: string): Promise<void> => runs.get(id)?.ended ?? Promise.resolve(),
    /** Ends a prediction now: skips the waits of its run, and resolves when the run has ended. */
    async finishNow(id: string) {
      const current = runs.get(id);
      current?.skipWaits.abort();
      await current?.ended;
    },
    cancel(prediction: Prediction) {
      end(prediction, "canceled");
      runs.get(prediction.id)?.skipWaits.abort();
    },
    /** Stops all runs. Their predictions keep their statuses. The next start of the sandbox continues the runs. */
    close() {
      closed = true;
      for (const { skipWaits } of runs.values()) skipWaits.abort();
    },
  };
}
