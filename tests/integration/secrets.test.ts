import { randomUUID } from "node:crypto";
import { afterEach, expect, inject, onTestFinished, test } from "vitest";
import type { Prediction } from "@/lib/predictions/schema";
import { startAnotherApp } from "../support/another-app";
import { createApi, listAccepted, setFaults } from "../support/api";
import { findTablesWith } from "../support/full-account";
import { readUsed } from "../support/sql";
import { createUser } from "../support/users";

const stack = inject("stack");
const model = "openai/gpt-image-1.5";
const SECRET = `sk-planted-${randomUUID()}`;

afterEach(() => setFaults(stack, {}));

const requestFor = (prompt: string, key = SECRET) => ({ model, input: { prompt, openai_api_key: key } });

test("a secret is found in no table, response, download or archive, even if the model repeats it", async () => {
  const user = await createUser(stack);
  const api = createApi(stack, user);
  await setFaults(stack, { match: "a talkative model", fields: { logs: `Using ${SECRET}` } });
  const response = await api.submit(requestFor("a talkative model"), { prefer: "wait=1" });
  expect(response.status).toBe(201);
  const created = await response.text();
  const { id } = JSON.parse(created) as Prediction;
  const prediction = await api.saved(id);
  expect(prediction.input).toEqual({ prompt: "a talkative model", openai_api_key: "[REDACTED]" });
  expect(prediction.logs).toContain("[REDACTED]");
  const [accepted] = await listAccepted(stack, "a talkative model");
  expect(accepted?.input).toMatchObject({ openai_api_key: SECRET });

  const [image] = prediction.images;
  const paths = [
    `/api/replicate/${id}`,
    "/api/replicate",
    "/api/media",
    `${image?.url}?download`,
    `/api/media/zip?ids=${image?.id}`,
  ];
  const texts = await Promise.all(
    paths.map(async (path) => Buffer.from(await (await api.ask(path)).bytes()).toString("latin1")),
  );
  const pages = [
    "/dashboard/generate?model=openai/gpt-image-1.5",
    "/dashboard/history",
    `/dashboard/generate?from=${image?.id}`,
  ];
  for (const page of pages) texts.push(await (await fetch(stack.appUrl + page, { headers: user.cookie })).text());
  expect([created, ...texts].filter((text) => text.includes(SECRET))).toEqual([]);
  expect(await findTablesWith(stack, SECRET)).toEqual([]);
  // This checks that `findTablesWith` finds a text that is in the database.
  expect(await findTablesWith(stack, "a talkative model")).toContain("predictions");
});

test("a request with a secret is not queued: the user is told, and nothing is used up", async () => {
  const user = await createUser(stack);
  const api = createApi(stack, user);
  await setFaults(stack, { match: "no waiting", create: { status: 429, retry_after: 3, count: 1 } });
  const key = { "idempotency-key": randomUUID() };
  const refused = await api.submit(requestFor("no waiting"), key);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "3"]);
  expect(await refused.json()).toMatchObject({
    type: "rate_limited",
    detail: expect.stringContaining("nothing was started"),
  });
  expect(await readUsed(stack, user.id)).toBe(0);
  expect(await listAccepted(stack, "no waiting")).toEqual([]);

  const again = await api.submit(requestFor("no waiting"), key);
  expect([again.status, ((await again.json()) as Prediction).status]).toEqual([201, "failed"]);
  expect(await listAccepted(stack, "no waiting")).toEqual([]);
  const { id } = (await (await api.submit(requestFor("no waiting"))).json()) as Prediction;
  expect((await api.saved(id)).images).toHaveLength(1);
});

test("a request with a secret is sent once, however often it is repeated, also with another secret", async () => {
  const api = createApi(stack, await createUser(stack));
  const key = { "idempotency-key": randomUUID() };
  const [first, second] = await Promise.all(
    [SECRET, "sk-another-one"].map(
      async (secret) => (await (await api.submit(requestFor("only once", secret), key)).json()) as Prediction,
    ),
  );
  expect(second?.id).toBe(first?.id);
  await api.saved(first?.id ?? "");
  expect(await listAccepted(stack, "only once")).toHaveLength(1);
});

test.each([
  ["with webhooks", {}],
  ["without webhooks", { webhooks: { drop: true } }],
])("a lost create with a secret is recovered %s", async (name, more) => {
  const api = createApi(stack, await createUser(stack));
  const prompt = `lost ${name}`;
  await setFaults(stack, { match: prompt, create: { drop: "after" }, ...more });
  const { id } = (await (await api.submit(requestFor(prompt))).json()) as Prediction;
  expect((await api.saved(id)).images).toHaveLength(1);
  expect(await listAccepted(stack, prompt)).toHaveLength(1);
});

test("an app without webhooks recovers a lost create without knowing its secret", async () => {
  const app = await startAnotherApp(stack, { REPLICATE_WEBHOOK_SIGNING_SECRET: "" });
  onTestFinished(() => app.stop());
  const api = createApi(app, await createUser(stack));
  await setFaults(stack, { match: "found by its input", create: { drop: "after" } });
  const { id } = (await (await api.submit(requestFor("found by its input"))).json()) as Prediction;
  expect((await api.saved(id)).images).toHaveLength(1);
});

test("settings that were copied from the history must get their secret again", async () => {
  const api = createApi(stack, await createUser(stack));
  const answer = await api.submit(requestFor("a copy", "[REDACTED]"));
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({ invalid_fields: [{ field: "input.openai_api_key" }] });
});
