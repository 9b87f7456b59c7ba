import { setTimeout } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { z } from "zod";

const Prediction = z.object({ id: z.string(), status: z.string(), saved_at: z.string().nullable() });

type Sample = {
  prompt: string;
  model?: string;
  width?: number;
  height?: number;
  ratio?: string;
  count?: number;
  seed?: number;
  isCanceled?: true;
};

const flux = "black-forest-labs/flux-schnell";

/** The images of the gallery, oldest first. One prediction is canceled, so that the history also shows a canceled one. */
const samples: Sample[] = [
  { prompt: "Desert dunes under a violet sky with a thin crescent moon, minimal", width: 1344, height: 768, seed: 11 },
  { prompt: "A bowl of ripe persimmons on dark linen, chiaroscuro, oil painting", width: 1024, height: 1024, seed: 4 },
  { prompt: "Snowy mountain range at dawn, pink light, long lens", width: 1344, height: 768, count: 2, seed: 8 },
  { prompt: "A red fox in a birch forest in autumn, soft morning fog", width: 896, height: 1152, seed: 21 },
  { prompt: "City skyline at night in the rain, neon reflections", model: flux, ratio: "16:9", count: 2, seed: 5 },
  { prompt: "A wall of a thousand portraits, contact print", count: 4, isCanceled: true },
  { prompt: "Wild flowers in a green meadow, watercolor", width: 1152, height: 896, count: 2, seed: 3 },
  { prompt: "An astronaut standing on a red planet, two moons, film still", width: 1344, height: 768, seed: 9 },
  { prompt: "A sailing boat on a calm sea at sunset", model: flux, ratio: "3:2", count: 4, seed: 2 },
  { prompt: "Old stone bridge over a river in the mist, black and white", width: 1216, height: 832, seed: 17 },
  { prompt: "Portrait of an old clockmaker by window light, oil painting", width: 832, height: 1216, seed: 12 },
  { prompt: "Milky way over a mountain lake, long exposure", width: 1344, height: 768, count: 2, seed: 6 },
  {
    prompt: "Misty pine forest from above, first sun between the trees",
    model: flux,
    ratio: "16:9",
    count: 2,
    seed: 14,
  },
  {
    prompt: "A lighthouse on a black basalt cliff at dusk, long exposure sea",
    width: 1216,
    height: 832,
    seed: 7,
  },
];

/** The predictions that run while the screenshot of Generate is taken. */
export const runningPrompts = [
  { prompt: "A heron in the reeds of a lake at first light, soft fog", shape: "3:2" },
  { prompt: "Night street after rain, red neon in the puddles, a single umbrella", shape: "16:9" },
];

/** The age of each sample in days, oldest first. */
const daysAgo = [27, 24, 20, 17, 13, 11, 9, 8, 6, 4, 3, 2, 1, 0];

/** Generates the sample images as the signed-in user, and spreads them over the last weeks. */
export async function generateSamples(page: Page, env: Record<string, string>) {
  const ids: string[] = [];
  for (const sample of samples) ids.push(await generateImages(page, sample));
  for (const [index, id] of ids.entries()) {
    const ago = `interval '${daysAgo[index] ?? 0} days ${index * 7} minutes'`;
    const times = ["created_at", "sent_at", "started_at", "completed_at", "saved_at"].map(
      (name) => `${name} = ${name} - ${ago}`,
    );
    await runSql(env, `update predictions set ${times.join(", ")} where id = '${id}'`);
    await runSql(env, `update sdxl_images set created_at = created_at - ${ago} where prediction_id = '${id}'`);
  }
}

/** Generates one sample, waits until it is saved or canceled, and returns the prediction's id. */
async function generateImages(
  page: Page,
  { prompt, model, ratio, count = 1, isCanceled, ...size }: Sample,
): Promise<string> {
  const input = { prompt, num_outputs: count, ...size, ...(ratio ? { aspect_ratio: ratio } : {}) };
  let prediction = await startPrediction(page, input, model);
  const url = `${apiUrl(page).href}/${prediction.id}`;
  if (isCanceled) await page.request.delete(url, { headers: originHeader(page) });
  while (prediction.status !== "canceled" && !prediction.saved_at) {
    await setTimeout(300);
    prediction = Prediction.parse(await (await page.request.get(url)).json());
  }
  return prediction.id;
}

/** Starts a prediction as the page does. */
export async function startPrediction(page: Page, input: object, model = "stability-ai/sdxl") {
  const response = await page.request.post(apiUrl(page).href, { headers: originHeader(page), data: { model, input } });
  if (!response.ok()) throw new Error(await response.text());
  return Prediction.parse(await response.json());
}

const apiUrl = (page: Page) => new URL("/api/replicate", page.url());
const originHeader = (page: Page) => ({ origin: apiUrl(page).origin });

/** Runs a statement on the sandbox's database. */
async function runSql(env: Record<string, string>, statement: string) {
  const headers = { apikey: env.SUPABASE_SECRET_KEY ?? "" };
  const response = await fetch(`${env.NEXT_PUBLIC_SUPABASE_URL}/__sql`, { method: "POST", headers, body: statement });
  if (!response.ok) throw new Error(await response.text());
}
