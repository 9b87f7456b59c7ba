import type { Padding } from "../../file-formats/padding.ts";
import { hasWord } from "../../faults/magic-words.ts";
import type { Schemas } from "../../http/json-schema.ts";
import { progressLines } from "./progress-bar.ts";

/** An event `at` ms after the start: a line of the log, or the next piece of a streamed output. */
type PlanEvent = { at: number; log?: string; piece?: string };

/** `padding` makes the file larger than its bytes. */
export type NewFile = { name: string; type: string; bytes: Uint8Array; padding?: Padding };

/** A run planned in advance, so that it can continue after a restart and always takes the same time. */
export type Plan = {
  events: PlanEvent[];
  duration: number;
  /** Generates the output files during the run. `count` overrides the number of files. */
  makeFiles(count?: number): Promise<NewFile[]>;
  /** The files appear in the output one after the other, as at models that yield them. */
  gradual?: boolean;
  /** Builds the output from the paths of the files. */
  toOutput(paths: string[]): unknown;
  metrics?: Record<string, number>;
  /** The error that the run ends with. */
  error?: string;
};

/** The request that a model runs. */
export type Run = {
  model: string;
  /** Includes the defaults of the version's schema. */
  input: Record<string, unknown>;
  seed: number;
  /** The schemas of the version. */
  schemas: Schemas;
  /** How long the run takes at Replicate, if that is known. */
  seconds?: number | undefined;
  /** The bytes of an input file. Throws `ModelError` when there is none. */
  readFile(uri: string): Promise<Uint8Array>;
  /** The prompt of an image that was drawn here; null for any other file. */
  findPrompt(bytes: Uint8Array): string | null;
};

/** A failure of the model. Its message becomes the error of the prediction. */
export class ModelError extends Error {
  override name = "ModelError";
}

/** The duration of a run in ms: at least 15 s with the magic word `[slow]`. */
export function getDuration(run: Run, ms: number): number {
  return hasWord(run.input, "[slow]") ? Math.max(ms, 15_000) : ms;
}

/** With `[nsfw]` or `[partial]`, the error of a model with one result. */
export function flagged(run: Run): { error?: string } {
  if (!hasWord(run.input, "[nsfw]") && !hasWord(run.input, "[partial]")) return {};
  return { error: "The input or output was flagged as sensitive. Please try again with different inputs. (E005)" };
}

/** The ms of a run that takes a tenth of the time at Replicate, between one and six seconds. */
export function shortenedDuration(run: Run): number {
  return getDuration(run, Math.min(6_000, Math.max(1_000, (run.seconds ?? 20) * 100)));
}

/**
 * The log lines of one or more progress bars, one after the other. Each number in `passes` is the number of steps of one bar. The
 * first bar begins `from` ms after the start of the run.
 */
export function progressEvents(passes: number[], stepMs: number, from = 0): PlanEvent[] {
  let start = from;
  return passes.flatMap((total) => {
    const events = progressLines(total, stepMs).map(({ at, line }) => ({ at: start + at, log: line }));
    start += total * stepMs;
    return events;
  });
}

export function readNumber(input: Record<string, unknown>, key: string, fallback: number): number {
  const value = input[key];
  return typeof value === "number" ? value : fallback;
}

export function readText(input: Record<string, unknown>, key: string, fallback = ""): string {
  const value = input[key];
  return typeof value === "string" ? value : fallback;
}
