import { expect, inject, test } from "vitest";
import { startAnotherApp } from "../support/another-app";
import { createApi, readLedger } from "../support/api";
import { createUser } from "../support/users";

const stack = inject("stack");
const quick = { input: { prompt: "allowed or not", num_inference_steps: 1, width: 64, height: 64 } };

test("the sandbox allows every model on Replicate", async () => {
  expect(stack.env.ALLOWED_MODELS).toBe("*");
  const api = createApi(stack, await createUser(stack));
  const answer = await api.submit({ model: "openai/whisper", input: { audio: "/api/media/x" } });
  expect(await answer.json()).toMatchObject({ type: "invalid_input" });
});

test("without ALLOWED_MODELS only the featured models and the default model are allowed, and Replicate is not asked about others", async () => {
  const app = await startAnotherApp(stack, { ALLOWED_MODELS: "" });
  const api = createApi(app, await createUser(stack));
  const modelRequests = async () =>
    (await readLedger(stack)).requests.filter(({ route }) => route.startsWith("GET /v1/models"));
  const before = await modelRequests();
  const answer = await api.submit({ model: "openai/whisper", input: {} });
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({
    type: "model_not_allowed",
    invalid_fields: [{ field: "model", type: "not_allowed" }],
  });
  expect(await modelRequests()).toEqual(before);
  expect((await api.submit({ ...quick, model: "stability-ai/sdxl" })).status).toBe(201);
  expect((await api.submit(quick)).status).toBe(201);
  await app.stop();
});

test("with ALLOWED_MODELS only the listed models and the default one are allowed, and only they are offered", async () => {
  const app = await startAnotherApp(stack, { ALLOWED_MODELS: "cjwbw/rembg" });
  const user = await createUser(stack);
  const api = createApi(app, user);
  const flux = { model: "black-forest-labs/flux-schnell", input: { prompt: "a fox" } };
  expect((await api.submit(flux)).status).toBe(422);
  expect((await api.submit(quick)).status).toBe(201);
  const page = await (await fetch(`${app.appUrl}/dashboard/models`, { headers: user.cookie })).text();
  expect([page.includes("Rembg"), page.includes("FLUX.1 schnell")]).toEqual([true, false]);
  await app.stop();
});
