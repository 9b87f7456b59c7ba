import { hasWord } from "../../faults/magic-words.ts";
import { progressLines } from "./progress-bar.ts";

/** What happens `at` milliseconds after the start: text for the log, one more piece of an output that grows. */
export type PlanEvent = { at: number; log?: string; piece?: string };

export type NewFile = { name: string; type: string; bytes: Uint8Array };

/** A run laid out in advance, so that it can be resumed at any point and always takes as long. */
export type Plan = {
  events: PlanEvent[];
  duration: number;
  /** Makes the output files while the events pass; `count` when more or fewer than usual are wanted. */
  make(count?: number): Promise<NewFile[]>;
  /** The output, given the paths of the files that were made. */
  output(paths: string[]): unknown;
  metrics?: Record<string, number>;
  /** The error it ends with. */
  fails?: string;
};

export type Job = {
  model: string;
  /** With the defaults of the version's schema filled in. */
  input: Record<string, unknown>;
  seed: number;
  /** The bytes of a file the input names; throws `ModelError` when they cannot be had. */
  open(uri: string): Promise<Uint8Array>;
};

/** The model's own failure: its message becomes the prediction's error. */
export class ModelError extends Error {
  override name = "ModelError";
}

/** The milliseconds a run takes, stretched when the prompt asks for a slow one. */
export function runTime(job: Job, ms: number): number {
  return hasWord(job.input, "[slow]") ? Math.max(ms, 15_000) : ms;
}

/** The bars of consecutive passes, from `from` milliseconds on. */
export function progressEvents(passes: number[], stepMs: number, from = 0): PlanEvent[] {
  let start = from;
  return passes.flatMap((total) => {
    const events = progressLines(total, stepMs).map(({ at, line }) => ({ at: start + at, log: line }));
    start += total * stepMs;
    return events;
  });
}

export function readNumber(input: Record<string, unknown>, key: string, otherwise: number): number {
  const value = input[key];
  return typeof value === "number" ? value : otherwise;
}

export function readText(input: Record<string, unknown>, key: string, otherwise = ""): string {
  const value = input[key];
  return typeof value === "string" ? value : otherwise;
}
