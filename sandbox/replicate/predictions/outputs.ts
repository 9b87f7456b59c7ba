import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { openPadded } from "../file-formats/padding.ts";
import { isRecord } from "../http/validate.ts";
import { newToken } from "../state/ids.ts";
import type { State } from "../state/saved-state.ts";
import type { Prediction } from "./prediction.ts";
import type { NewFile } from "./runners/plan.ts";

/**
 * Returns the size and the hash of a file. A padded file can be larger than memory. So it is hashed block by block, with pauses
 * in which the server can handle requests.
 */
async function measure({ bytes, type, padding }: NewFile): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  const file = openPadded(bytes, type, padding);
  for (const piece of file.read(0, file.size)) {
    hash.update(piece);
    if (padding) await nextTurn();
  }
  return { bytes: file.size, sha256: hash.digest("hex") };
}

/** Saves the output files of a prediction and returns the paths of their URLs. */
export async function saveFiles(state: State, prediction: Prediction, files: NewFile[]): Promise<string[]> {
  const saved = await Promise.all(
    files.map(async (file) => {
      const id = newToken();
      await state.blobs.put(id, file.bytes);
      return { id, ...file, ...(await measure(file)) };
    }),
  );
  // A restart may have interrupted this run after it had saved files. The run has then started again, so the files that it saved
  // before the restart are removed.
  for (const id of prediction.files) {
    state.outputs.remove(id);
    await state.blobs.remove(id);
  }
  prediction.files = saved.map(({ id }) => id);
  return saved.map(({ name, ...file }, index) => {
    const path = `/delivery/xezq/${file.id}/${name}`;
    state.outputs.save({ ...file, prediction: prediction.id, index, path });
    return path;
  });
}

/** Returns the output with data URIs instead of paths to files. A padded file keeps its path, because it is too large. */
export async function embedFiles(state: State, output: unknown): Promise<unknown> {
  if (Array.isArray(output)) return Promise.all(output.map((item) => embedFiles(state, item)));
  if (isRecord(output)) {
    const entries = Object.entries(output).map(async ([key, item]) => [key, await embedFiles(state, item)] as const);
    return Object.fromEntries(await Promise.all(entries));
  }
  const id = typeof output === "string" ? /^\/delivery\/\w+\/([^/]+)\//.exec(output)?.[1] : undefined;
  const file = id ? state.outputs.get(id) : undefined;
  const bytes = file && !file.padding ? await state.blobs.get(file.id) : null;
  return file && bytes ? `data:${file.type};base64,${Buffer.from(bytes).toString("base64")}` : output;
}

/**
 * Applies a fault rule that replaces the output by `value`. Returns `value` as `output`, with each `file:n` replaced by the path
 * of the file with the index n, and each `data:n` by its data URI. `fileCount` is the number of files that this output needs.
 */
export function overrideOutput(value: unknown, files: NewFile[], paths: string[] = []) {
  let fileCount = 0;
  function replace(item: unknown): unknown {
    const reference = typeof item === "string" ? /^(file|data):(\d+)$/.exec(item) : null;
    if (reference) {
      const index = Number(reference[2]);
      fileCount = Math.max(fileCount, index + 1);
      const file = files[index];
      if (reference[1] === "file") return paths[index] ?? item;
      return file ? `data:${file.type};base64,${Buffer.from(file.bytes).toString("base64")}` : item;
    }
    if (Array.isArray(item)) return item.map(replace);
    if (typeof item !== "object" || item === null) return item;
    return Object.fromEntries(Object.entries(item).map(([key, inner]) => [key, replace(inner)]));
  }
  const output = replace(value);
  return { fileCount, output };
}
