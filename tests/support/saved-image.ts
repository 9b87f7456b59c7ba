import type { createApi } from "./api";
import { sql } from "./sql";
import type { Stack } from "./stack";
import { sweep } from "./sweep";
import { connectAsService } from "./users";

type Api = ReturnType<typeof createApi>;

/** Generates small images and waits until they are saved. Returns the prediction and its first image. */
export async function makeSavedImage(api: Api, prompt: string, count = 1) {
  const size = { width: 256, height: 256, num_inference_steps: 5, num_outputs: count };
  const prediction = await api.saved((await api.create({ prompt, ...size })).id);
  const [image] = prediction.images;
  if (!image) throw new Error("No image was saved.");
  return { prediction, image };
}

/** Returns the names of the files of a prediction in storage, sorted. */
export async function listObjects({ env }: { env: Stack["env"] }, userId: string, predictionId: string) {
  const { data, error } = await connectAsService({ env }).storage.from("images").list(`${userId}/${predictionId}`);
  if (error) throw error;
  return data.map(({ name }) => name.split("/").at(-1) ?? "").toSorted((a, b) => a.localeCompare(b));
}

/** Removes the deleted files of a prediction now: ends the time in which the user can undo the deletion, and runs a sweep. */
export async function removeDeleted(stack: Pick<Stack, "appUrl" | "env">, predictionId: string) {
  await sql(
    stack,
    `update sdxl_images set purge_at = now() where purge_at is not null and prediction_id = '${predictionId}'`,
  );
  await sql(stack, `update storage_removals set due_at = now() where prediction_id = '${predictionId}'`);
  await sweep(stack);
}
