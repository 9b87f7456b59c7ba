import type { Padding } from "../../file-formats/padding.ts";
import { hasWord } from "../../faults/magic-words.ts";
import type { Schemas } from "../../http/json-schema.ts";
import { progressLines } from "./progress-bar.ts";

/** An event `at` ms after the start: a line of the log, or the next piece of a streamed output. */
type PlanEvent = { at: number; log?: string; piece?: string };

/** A new output file. `padding` makes it larger than `bytes`. */
export type NewFile = { name: string; type: string; bytes: Uint8Array; padding?: Padding };

/** A run that is planned in advance. So it has a known duration, and can be repeated after a restart. */
export type Plan = {
  events: PlanEvent[];
  duration: number;
  /**
   * Generates the output files during the run. If `count` is set, models that draw images draw this number of images, even if the
   * input asks for another number.
   */
  makeFiles(count?: number): Promise<NewFile[]>;
  /** If true, the files appear in the output one after the other while the model runs. */
  gradual?: boolean;
  /** Builds the output from the paths of the files. */
  toOutput(paths: string[]): unknown;
  metrics?: Record<string, number>;
  /** If set, the run fails with this error. */
  error?: string;
};

/** A request to run a model. */
export type Run = {
  model: string;
  /** The input, with the defaults of the schema for missing properties. */
  input: Record<string, unknown>;
  seed: number;
  /** The schemas of the version. */
  schemas: Schemas;
  /** How long the run takes at Replicate, if that is known. */
  seconds?: number | undefined;
  /** Returns the bytes of an input file. Throws `ModelError` if the file does not exist. */
  readFile(uri: string): Promise<Uint8Array>;
  /** Returns the prompt of an image that the sandbox has drawn, or null for any other file. */
  findPromptOfFile(bytes: Uint8Array): string | null;
};

/** A failure of the model. Its message becomes the error of the prediction. */
export class ModelError extends Error {
  override name = "ModelError";
}

/** Returns the duration of a run in ms: `ms`, but at least 15 s with the magic word `[slow]`. */
export function getDuration(run: Run, ms: number): number {
  return hasWord(run.input, "[slow]") ? Math.max(ms, 15_000) : ms;
}

/**
 * For a model that makes one file: returns the error of the run if the prompt has the magic word `[nsfw]` or `[partial]`. With
 * either word, the only file is flagged as unsafe, so the run fails. Without these words, returns an empty object.
 */
export function flagged(run: Run): { error?: string } {
  if (!hasWord(run.input, "[nsfw]") && !hasWord(run.input, "[partial]")) return {};
  return { error: "The input or output was flagged as sensitive. Please try again with different inputs. (E005)" };
}

/** Returns the duration of a run in ms: a tenth of the time that the run takes at Replicate, but from one to six seconds. */
export function shortenedDuration(run: Run): number {
  return getDuration(run, Math.min(6_000, Math.max(1_000, (run.seconds ?? 20) * 100)));
}

/**
 * Returns the log lines of one or more progress bars, which follow one another. Each number in `passes` is the number of steps of
 * one bar. The first bar begins `from` ms after the start of the run.
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
