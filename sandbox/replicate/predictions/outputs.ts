import { newToken, sha256 } from "../state/ids.ts";
import type { State } from "../state/saved-state.ts";
import type { Prediction } from "./prediction.ts";
import type { NewFile } from "./runners/plan.ts";

/** Saves the output files of a prediction and returns their paths on the delivery host. */
export async function saveFiles(state: State, prediction: Prediction, files: NewFile[]): Promise<string[]> {
  const saved = files.map((file) => ({ ...file, id: newToken() }));
  await Promise.all(saved.map(({ id, bytes }) => state.blobs.put(id, bytes)));
  prediction.files = saved.map(({ id }) => id);
  return saved.map(({ id, name, type, bytes }, index) => {
    const path = `/delivery/xezq/${id}/${name}`;
    const file = { id, prediction: prediction.id, index, path, type };
    state.outputs.save({ ...file, bytes: bytes.byteLength, sha256: sha256(bytes) });
    return path;
  });
}

/** The output of a fault rule, with `file:n` and `data:n` replaced. `fileCount` is the number of files it needs. */
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
