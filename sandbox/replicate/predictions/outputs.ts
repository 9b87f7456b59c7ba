import { newToken, sha256 } from "../state/ids.ts";
import type { Prediction } from "./prediction.ts";
import type { NewFile } from "./runners/plan.ts";
import type { State } from "../state/state.ts";

/** Puts a prediction's files on the delivery host; returns their paths. */
export async function saveFiles(state: State, prediction: Prediction, files: NewFile[]): Promise<string[]> {
  const kept = files.map((file) => ({ ...file, id: newToken() }));
  await Promise.all(kept.map(({ id, bytes }) => state.blobs.put(id, bytes)));
  prediction.files = kept.map(({ id }) => id);
  return kept.map(({ id, name, type, bytes }, index) => {
    const path = `/delivery/xezq/${id}/${name}`;
    const file = { id, prediction: prediction.id, index, path, type };
    state.outputs.save({ ...file, bytes: bytes.byteLength, sha256: sha256(bytes) });
    return path;
  });
}

/** An output somebody prescribed: `file:n` and `data:n` in it name the drawn files; `wanted` is how many it needs. */
export function overrideOutput(value: unknown, files: NewFile[], paths: string[] = []) {
  let wanted = 0;
  function replace(item: unknown): unknown {
    const reference = typeof item === "string" ? /^(file|data):(\d+)$/.exec(item) : null;
    if (reference) {
      const index = Number(reference[2]);
      wanted = Math.max(wanted, index + 1);
      const file = files[index];
      if (reference[1] === "file") return paths[index] ?? item;
      return file ? `data:${file.type};base64,${Buffer.from(file.bytes).toString("base64")}` : item;
    }
    if (Array.isArray(item)) return item.map(replace);
    if (typeof item !== "object" || item === null) return item;
    return Object.fromEntries(Object.entries(item).map(([key, inner]) => [key, replace(inner)]));
  }
  const output = replace(value);
  return { wanted, output };
}
