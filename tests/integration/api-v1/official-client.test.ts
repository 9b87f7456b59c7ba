import Replicate, { type FileOutput } from "replicate";
import { afterAll, expect, inject, test } from "vitest";
import { startAnotherApp } from "../../support/another-app";
import { quickInput, SDXL } from "../../support/api-v1";
import { makeKey } from "../../support/keys";
import { createUser } from "../../support/users";
import { fetchThroughProxy, HTTPS_URL, listMethods } from "../support/official-client";

// Calls each method of Replicate's official client, with an API key. The other tests of this folder check the details.

const stack = inject("stack");
const user = await createUser(stack);
const { key } = await makeKey(stack, user, { scopes: ["predict", "read", "manage"] });
/** An app whose APP_URL is the URL of a proxy that does not exist. Webhooks could not arrive there, so they are turned off. */
const app = await startAnotherApp(stack, { APP_URL: HTTPS_URL, REPLICATE_WEBHOOK_SIGNING_SECRET: "" });
afterAll(() => app.stop());
/** Replicate's official client, connected to the app. It creates file objects only for https URLs. */
const client = new Replicate({ auth: key, baseUrl: `${HTTPS_URL}/api/v1`, fetch: fetchThroughProxy(app) });
/** The same client, connected to the local Replicate with the token of the installation. */
const replicate = new Replicate({ auth: stack.env.REPLICATE_API_TOKEN ?? "", baseUrl: `${stack.replicateUrl}/v1` });

const TEXT_MODEL = "meta/meta-llama-3-8b-instruct";
const hello = (text: string) => client.predictions.create({ model: "replicate/hello-world", input: { text } });
const slow = () => client.predictions.create({ version: SDXL, input: quickInput("of a method [slow]") });
const EMPTY_PAGE = { next: null, previous: null, results: [] };
const NOT_FOUND = { response: { status: 404 } };

/** Expects that `read` returns the same with the client of the app as with the client of the local Replicate. */
async function expectSame(read: (which: Replicate) => Promise<unknown>) {
  const found = await read(client);
  expect(found).toEqual(await read(replicate));
  expect(JSON.stringify(found).length).toBeGreaterThan(100);
}

/** Expects that the request is refused with a 403 and this sentence. */
async function expectRefused(request: Promise<unknown>, sentence: string) {
  await expect(request).rejects.toThrow(new RegExp(`status 403 .*"detail":"${sentence}`));
}

/** Expects a PNG at an https URL of the app. */
async function expectImage(output: unknown) {
  const [file] = output as FileOutput[];
  expect(String(file?.url())).toMatch(`${HTTPS_URL}/api/v1/outputs/`);
  expect((await file?.blob())?.type).toBe("image/png");
}

const methods: Record<string, () => Promise<void>> = {
  "accounts.current": async () =>
    expect(await client.accounts.current()).toEqual({ type: "user", username: user.id, name: user.email }),
  "collections.get": () => expectSame(({ collections }) => collections.get("super-resolution")),
  "collections.list": () => expectSame(({ collections }) => collections.list()),
  "deployments.create": () => {
    const hardware = { hardware: "cpu", min_instances: 0, max_instances: 1 };
    const deployment = { name: "style", model: "stability-ai/sdxl", version: SDXL, ...hardware };
    return expectRefused(client.deployments.create(deployment), "Deployments cannot be created");
  },
  "deployments.delete": () => expect(client.deployments.delete("sandbox", "style")).rejects.toMatchObject(NOT_FOUND),
  "deployments.get": () => expect(client.deployments.get("sandbox", "style")).rejects.toMatchObject(NOT_FOUND),
  "deployments.list": async () => expect(await client.deployments.list()).toEqual(EMPTY_PAGE),
  "deployments.predictions.create": () => {
    const created = client.deployments.predictions.create("sandbox", "style", { input: {} });
    return expect(created).rejects.toMatchObject(NOT_FOUND);
  },
  "deployments.update": () => {
    const updated = client.deployments.update("sandbox", "style", { min_instances: 1 });
    return expect(updated).rejects.toMatchObject(NOT_FOUND);
  },
  "files.create": async () => {
    const file = await client.files.create(new Blob(["a fox"], { type: "text/plain" }), { place: "den" });
    expect(file).toMatchObject({ size: 5, content_type: "text/plain", metadata: { place: "den" } });
    expect(file.urls.get).toMatch(`${HTTPS_URL}/api/v1/files/${file.id}/download?`);
  },
  "files.delete": async () => {
    const { id } = await client.files.create(Buffer.from("soon gone"));
    expect(await client.files.delete(id)).toBe(true);
    await expect(client.files.get(id)).rejects.toMatchObject(NOT_FOUND);
  },
  "files.get": async () => {
    const { urls: _, ...file } = await client.files.create(Buffer.from("to get"));
    expect(await client.files.get(file.id)).toMatchObject(file);
  },
  "files.list": async () => {
    const { id } = await client.files.create(Buffer.from("to list"));
    expect((await client.files.list()).results[0]).toMatchObject({ id });
  },
  "hardware.list": () => expectSame(({ hardware }) => hardware.list()),
  "models.create": () => {
    const options = { visibility: "private", hardware: "cpu" } as const;
    return expectRefused(client.models.create("sandbox", "style", options), "Models cannot be created");
  },
  "models.get": () => expectSame(({ models }) => models.get("stability-ai", "sdxl")),
  "models.list": () => expectSame(({ models }) => models.list()),
  "models.search": () => expectSame(({ models }) => models.search("upscale image")),
  "models.versions.get": () => expectSame(({ models }) => models.versions.get("stability-ai", "sdxl", SDXL)),
  "models.versions.list": () => expectSame(({ models }) => models.versions.list("stability-ai", "sdxl")),
  paginate: async () => {
    const pages: unknown[][] = [];
    for await (const results of client.paginate(client.models.list)) pages.push(results);
    expect(pages.flat()).toHaveLength(100);
  },
  "predictions.cancel": async () => {
    const { id } = await slow();
    expect(await client.predictions.cancel(id)).toMatchObject({ id });
    await expect.poll(() => client.predictions.get(id)).toMatchObject({ status: "canceled" });
  },
  "predictions.create": async () => {
    const text = { input: { text: "Bob" }, wait: true } as const;
    const { version } = await client.predictions.create({ model: "replicate/hello-world", ...text });
    for (const name of [version, "replicate/hello-world", `replicate/hello-world:${version}`]) {
      const prediction = await client.predictions.create({ version: name, ...text });
      expect(prediction).toMatchObject({ status: "succeeded", output: "hello Bob", version });
    }
  },
  "predictions.get": async () => {
    const { id, created_at } = await hello("Carol");
    expect(await client.predictions.get(id)).toMatchObject({ id, created_at, input: { text: "Carol" } });
  },
  "predictions.list": async () => {
    const { id } = await hello("Dave");
    expect((await client.predictions.list()).results[0]).toMatchObject({ id });
  },
  request: async () => {
    await expectSame(async (which) => (await which.request("search?query=vector&limit=3", {})).json());
    await expectSame(async (which) => (await which.request("models/google/imagen-4/examples", {})).json());
    await expectSame(async (which) => (await which.request("models/google/imagen-4/readme", {})).text());
  },
  run: async () => {
    const input = quickInput("run by the client");
    const steps: string[] = [];
    await expectImage(await client.run(`stability-ai/sdxl:${SDXL}`, { input }, ({ status }) => steps.push(status)));
    expect(steps.at(-1)).toBe("succeeded");
    await expectImage(await client.run("stability-ai/sdxl", { input, wait: { mode: "poll", interval: 100 } }));
    expect(await client.run("replicate/hello-world", { input: { text: "Alice" } })).toBe("hello Alice");
  },
  stream: async () => {
    const events = [];
    for await (const event of client.stream(TEXT_MODEL, { input: { prompt: "a red kite" } })) events.push(event);
    expect(events.join("")).toMatch(/^a red kite/);
    expect(events.at(-1)).toMatchObject({ event: "done", data: "{}" });
  },
  "trainings.cancel": () => expect(client.trainings.cancel("rrr4z5ztdnrm")).rejects.toMatchObject(NOT_FOUND),
  "trainings.create": () => {
    const options = { destination: "sandbox/style", input: {} } as const;
    const training = client.trainings.create("stability-ai", "sdxl", SDXL, options);
    return expectRefused(training, "Models cannot be trained");
  },
  "trainings.get": () => expect(client.trainings.get("rrr4z5ztdnrm")).rejects.toMatchObject(NOT_FOUND),
  "trainings.list": async () => expect(await client.trainings.list()).toEqual(EMPTY_PAGE),
  wait: async () => {
    const { status, output } = await client.wait(await hello("Erin"), { interval: 100 });
    expect([status, output]).toEqual(["succeeded", "hello Erin"]);
  },
  "webhooks.default.secret.get": async () =>
    expect(await client.webhooks.default.secret.get()).toEqual({ key: expect.stringMatching(/^whsec_/) }),
};

test.each(Object.entries(methods))("%s", async (_, call) => {
  expect.hasAssertions();
  await call();
});

test("no method of the client is without a test", () => {
  expect(Object.keys(methods).toSorted()).toEqual(listMethods(client));
});
