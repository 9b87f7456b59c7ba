import type { Stack } from "./stack";
import { type createApi, setFaults } from "./api";
import { MEDIA_FILES } from "./media-files";

/** Starts a prediction with this prompt, and waits until its output is saved. The output is the file `name` of `MEDIA_FILES`. */
export async function saveMediaFile(
  stack: { env: Stack["env"] },
  api: ReturnType<typeof createApi>,
  name: string,
  prompt: string,
) {
  const file = MEDIA_FILES[name];
  if (!file) throw new Error(`There is no ${name}.`);
  const bytes = await file.make();
  const output = [`data:${file.facts.content_type};base64,${bytes.toString("base64")}`];
  await setFaults(stack, { match: prompt, output });
  const prediction = await api.saved((await api.create({ prompt, num_inference_steps: 5 })).id);
  await setFaults(stack, {});
  const [media] = prediction.images;
  if (!media) throw new Error("The file was not saved.");
  return { prediction, media, bytes };
}
