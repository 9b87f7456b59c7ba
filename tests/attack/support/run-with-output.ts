import { createApi, setFaults } from "../../support/api";
import { sql } from "../../support/sql";
import type { User } from "../../support/users";
import { dataUri } from "./hostile-bytes";
import { stack } from "./send-request";

/** Runs a prediction with this output. Returns the ended prediction and the paths of its files in storage. */
export async function runWithOutput(user: User, prompt: string, output: unknown) {
  const api = createApi(stack, user);
  await setFaults(stack, { match: prompt, output });
  const { id } = await api.create({ prompt, num_inference_steps: 1, width: 256, height: 256 });
  const end = await api.until(id, ({ saved_at, save_error }) => saved_at !== null || save_error !== null);
  await setFaults(stack, {});
  const objects = await sql<{ name: string }>(stack, `select name from storage.objects where name like '%${id}%'`);
  return { ...end, objects: objects.map(({ name }) => name) };
}

/** Saves these files for the user, and returns their rows in the same order. */
export async function saveFiles(user: User, prompt: string, files: { bytes: Buffer; type: string }[]) {
  const output = files.map(({ bytes, type }) => dataUri(bytes, type));
  const { images, objects, save_error } = await runWithOutput(user, prompt, output);
  if (images.length < files.length) throw new Error(`${images.length} of ${files.length} were saved: ${save_error}`);
  return { images, objects };
}
