import { expect, inject, test } from "vitest";
import type { Prediction } from "@/lib/predictions/schema";
import { startAnotherApp } from "../support/another-app";
import { createApi } from "../support/api";
import { createUser } from "../support/users";
import { askChat, idOf, listSent } from "./support/ask-chat";

const stack = inject("stack");
const api = createApi(stack, await createUser(stack));
const model = "meta/meta-llama-3-8b-instruct";
const messages = [{ role: "user", content: "x" }];

test.each([
  ["a model that is no language model", { prompt: "x", model: "stability-ai/sdxl" }, "invalid_input"],
  ["a model that takes no prompt", { prompt: "x", model: "vaibhavs10/incredibly-fast-whisper" }, "invalid_input"],
  ["an unknown model", { prompt: "x", model: "nobody/nothing" }, "unknown_model"],
  ["no question", {}, "invalid_input"],
  ["two questions", { prompt: "x", messages }, "invalid_input"],
  ["a blank question", { prompt: " \n", model }, "invalid_input"],
  ["an input that the model does not have", { prompt: "x", model, colour: "red" }, "invalid_input"],
  ["a value that the model does not accept", { prompt: "x", temperature: 9 }, "invalid_input"],
  ["a limit below the model's", { prompt: "x", model: "anthropic/claude-4.5-sonnet", max_tokens: 5 }, "invalid_input"],
  ["a file of another site", { prompt: "x", image_input: ["https://evil.example/a.png"] }, "invalid_input"],
])("%s is refused in words", async (_, chat, type) => {
  const response = await askChat(api, chat, { accept: "text/event-stream" });
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect([response.status, await response.json()]).toMatchObject([
    422,
    { type, detail: expect.stringMatching(/\w{3}/) },
  ]);
});

test.each([
  ["a model that is not allowed", { ALLOWED_MODELS: "stability-ai/sdxl" }, [422, "model_not_allowed"]],
  ["more than one answer in a minute", { CREATES_PER_MINUTE_PER_USER: "1" }, [429, "rate_limited"]],
  ["more than the money of the day", { DAILY_USD_PER_USER: "0.0002" }, [429, "budget_exceeded"]],
])("%s is refused before it starts", async (_, settings, refusal) => {
  const app = await startAnotherApp(stack, settings);
  try {
    const as = createApi(app, await createUser(stack));
    const words = `refused ${JSON.stringify(settings)}`;
    const answers = await Promise.all([0, 1].map(async () => askChat(as, { prompt: words, model })));
    const refused = answers.filter(({ ok }) => !ok);
    expect(refused.length).toBeGreaterThan(0);
    for (const response of refused) {
      const { type } = (await response.json()) as { type: string };
      expect([response.status, type]).toEqual(refusal);
    }
    expect(await listSent(words.replaceAll('"', '\\"'))).toHaveLength(2 - refused.length);
  } finally {
    await app.stop();
  }
});

test("the words and their price count as used", async () => {
  const asker = createApi(stack, await createUser(stack));
  const response = await askChat(asker, { prompt: "a costly crane", model });
  await response.text();
  const { cost_usd } = await asker.until(idOf(response), (prediction: Prediction) => prediction.cost_usd !== null);
  const usage = (await (await asker.ask("/api/usage")).json()) as { images: { used: number }; usd: { used: number } };
  expect(usage.images.used).toBe(0);
  expect(cost_usd).toBeGreaterThan(0);
  expect(usage.usd.used).toBeCloseTo(cost_usd!, 6);
});
