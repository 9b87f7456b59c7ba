import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startAnotherApp } from "../support/another-app";
import { createApi, listAccepted, readLedger } from "../support/api";
import { createUser } from "../support/users";

const stack = inject("stack");
/** An app without the setting ALLOWED_MODELS. */
let app: Awaited<ReturnType<typeof startAnotherApp>>;

beforeAll(async () => {
  app = await startAnotherApp(stack, { ALLOWED_MODELS: "" });
});
afterAll(() => app?.stop());

const quick = { input: { prompt: "allowed or not", num_inference_steps: 1, width: 64, height: 64 } };

test("the sandbox allows every model on Replicate", async () => {
  expect(stack.env.ALLOWED_MODELS).toBe("*");
  const api = createApi(stack, await createUser(stack));
  const answer = await api.submit({ model: "openai/whisper", input: { audio: "/api/media/x" } });
  expect(await answer.json()).toMatchObject({ type: "invalid_input" });
});

test("without ALLOWED_MODELS only the featured models and the default model are allowed, and Replicate is not asked about others", async () => {
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
});

test("with ALLOWED_MODELS only the listed models and the default one are allowed, and only they are offered", async () => {
  const few = await startAnotherApp(stack, { ALLOWED_MODELS: "cjwbw/rembg" });
  const user = await createUser(stack);
  const api = createApi(few, user);
  const flux = { model: "black-forest-labs/flux-schnell", input: { prompt: "a fox" } };
  expect((await api.submit(flux)).status).toBe(422);
  expect((await api.submit(quick)).status).toBe(201);
  const page = await (await fetch(`${few.appUrl}/dashboard/models`, { headers: user.cookie })).text();
  expect([page.includes(">Rembg<"), page.includes(">FLUX.1 schnell<")]).toEqual([true, false]);
  await few.stop();
});

test("without a setting, a featured model runs only if this run cannot cost more than the limit", async () => {
  const api = createApi(app, await createUser(stack));
  const image = (quality: string) => ({
    model: "openai/gpt-image-2",
    input: { prompt: `a limit of ${quality}`, quality },
  });
  const answer = await api.submit(image("high"));
  expect([answer.status, await answer.json()]).toMatchObject([
    422,
    {
      type: "run_too_expensive",
      detail: expect.stringMatching(/^This run may cost up to \$0\.13,.* ALLOWED_MODELS\.$/),
    },
  ]);
  expect(await listAccepted(stack, "a limit of high")).toEqual([]);
  expect(await (await api.ask("/api/usage")).json()).toMatchObject({ images: { used: 0 }, usd: { used: 0 } });
  expect((await api.submit(image("low"))).status).toBe(201);
  expect((await api.submit({ ...quick, input: { ...quick.input, num_outputs: 4 } })).status).toBe(201);
});

test("a setting that names a model lifts its limit, and leaves the featured models in place", async () => {
  const more = await startAnotherApp(stack, { ALLOWED_MODELS: "featured, google/nano-banana-pro" });
  const user = await createUser(stack);
  const api = createApi(more, user);
  const submit = (model: string) => api.submit({ model, input: { prompt: "lifted" } });
  expect((await submit("google/nano-banana-pro")).status).toBe(201);
  expect((await submit("google/veo-3.1-fast")).status).toBe(422);
  expect((await submit("black-forest-labs/flux-schnell")).status).toBe(201);
  const page = await (await fetch(`${more.appUrl}/dashboard/models`, { headers: user.cookie })).text();
  expect(["Nano Banana Pro", "FLUX.1 schnell", "Veo 3.1 Fast"].map((title) => page.includes(`>${title}<`))).toEqual([
    true,
    true,
    false,
  ]);
  const note = await fetch(`${more.appUrl}/dashboard/generate?model=google/veo-3.1-fast`, { headers: user.cookie });
  expect((await note.text()).replaceAll("<!-- -->", "")).toContain(
    "This run may cost up to $1.20. Only runs of at most $0.10",
  );
  await more.stop();
});
