import type { apiOf } from "./api";
import { sql } from "./sql";
import type { Stack } from "./stack";
import { connectAsService } from "./users";

type Api = ReturnType<typeof apiOf>;

/** Makes an image, small and quickly drawn, and waits until it is kept. */
export async function makeKept(api: Api, prompt: string, count = 1) {
  const size = { width: 256, height: 256, num_inference_steps: 5, num_outputs: count };
  const prediction = await api.saved((await api.create({ prompt, ...size })).id);
  const [image] = prediction.images;
  if (!image) throw new Error("Nothing was kept.");
  return { prediction, image };
}

/** Everything that storage holds of a prediction, by file name. */
export async function objectsOf({ env }: { env: Stack["env"] }, userId: string, predictionId: string) {
  const { data, error } = await connectAsService({ env }).storage.from("images").list(`${userId}/${predictionId}`);
  if (error) throw error;
  return data.map(({ name }) => name.split("/").at(-1) ?? "").toSorted((a, b) => a.localeCompare(b));
}

/** Moves the time of whatever matches to now, so that nobody has to wait for it. */
export async function hurry(stack: { env: Stack["env"] }, predictionId: string) {
  await sql(
    stack,
    `update sdxl_images set purge_at = now() where purge_at is not null and prediction_id = '${predictionId}'`,
  );
  await sql(stack, `update storage_removals set due_at = now() where prediction_id = '${predictionId}'`);
}
