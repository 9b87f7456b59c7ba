import { readInputFiles } from "./input-files.ts";
import { progressEvents, shortenedDuration, type NewFile, type Plan, type Run } from "./plan.ts";

const STEPS = 12;

/** Makes one file of an output. `files` are the input files. */
export type Part = (files: Uint8Array[]) => Promise<NewFile>;

/**
 * Plans a run whose output is an object. Each name in `parts` becomes a key, and the file becomes the value of this key. If a
 * part is null (it was not requested), the value is null.
 */
export async function planObjectOutput(run: Run, parts: Record<string, Part | null>): Promise<Plan> {
  const files = await readInputFiles(run);
  const duration = shortenedDuration(run);
  const makers = Object.values(parts).filter((part) => part !== null);
  return {
    events: progressEvents([STEPS], duration / STEPS),
    duration,
    makeFiles: () => Promise.all(makers.map((make) => make(files))),
    toOutput(paths) {
      const left = [...paths];
      return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part && left.shift()]));
    },
  };
}
