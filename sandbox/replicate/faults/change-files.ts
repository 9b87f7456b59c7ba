import { z } from "zod";
import { padFile } from "../file-formats/padding.ts";
import { samples } from "../file-formats/samples.ts";
import type { NewFile } from "../predictions/runners/plan.ts";
import { hasWord, promptOf } from "./magic-words.ts";

/** How a fault changes the files of a run after the model has made them. */
export const FileChange = z.strictObject({
  /** Only the file with this index is changed. Without an index, all files are changed. */
  index: z.int().min(0).optional(),
  /** The name of a sample that replaces the file. */
  as: z
    .string()
    .refine((name) => Object.hasOwn(samples, name), `One of ${Object.keys(samples).join(", ")}`)
    .optional(),
  /**
   * Removes the second half of the file. The download of the first half is complete. (With the fault `cut` of `delivery`, the
   * download itself breaks off.)
   */
  half: z.boolean().optional(),
  /** Makes the file at least this large. The file stays valid. */
  megabytes: z.number().positive().max(4_000).optional(),
});
export type FileChange = z.infer<typeof FileChange>;

/** Returns the change that the magic words in the prompt ask for: `[as webm]`, `[half]`, `[200 MB]`. */
export function readFileChange(input: Record<string, unknown>): FileChange {
  const prompt = promptOf(input);
  return {
    as: /\[as (\w+)\]/.exec(prompt)?.[1],
    half: hasWord(input, "[half]"),
    megabytes: Number(/\[(\d+) MB\]/.exec(prompt)?.[1] ?? 0),
  };
}

function changeFile(file: NewFile, { as, half, megabytes }: FileChange): NewFile {
  const sample = as ? samples[as] : undefined;
  const changed = sample
    ? {
        name: file.name.replace(/\w+$/, sample.extension),
        type: sample.type,
        bytes: sample.make(file.bytes),
      }
    : { ...file };
  if (half) changed.bytes = changed.bytes.slice(0, changed.bytes.length / 2);
  return megabytes ? { ...changed, ...padFile(changed.bytes, changed.type, megabytes * 1_000_000) } : changed;
}

export function changeFiles(files: NewFile[], change: FileChange): NewFile[] {
  return files.map((file, index) =>
    change.index === undefined || change.index === index ? changeFile(file, change) : file,
  );
}
