import type { Prediction } from "replicate";
import { afterEach, expect, inject, test, vi } from "vitest";
import { createApi, readLedger, setFaults } from "../../support/api";
import { askApiV1, connectReplicate, quickInput, SDXL } from "../../support/api-v1";
import { removeDeleted } from "../../support/saved-image";
import { sql } from "../../support/sql";
import { createUser, type User } from "../../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = createApi(stack, user);

afterEach(async () => {
  vi.unstubAllGlobals();
  await setFaults(stack, {});
});

const get = async (id: string, as: User = user) => {
  const prediction = (await (await askApiV1(stack, as)(`/predictions/${id}`)).json()) as Prediction;
  return { prediction, urls: prediction.output as string[] };
};

/** Starts a prediction and waits until its file is saved. Returns the id of the prediction and the URL of the file. */
async function makeSaved(prompt: string, as: User = user) {
  const { id } = await connectReplicate(stack, as).predictions.create({ version: SDXL, input: quickInput(prompt) });
  await createApi(stack, as).saved(id);
  const [url = ""] = (await get(id, as)).urls;
  return { id, url };
}

test("a saved file is served to whoever has its URL, in parts too", async () => {
  const { url } = await makeSaved("for everyone with the URL");
  const whole = await fetch(url);
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    "content-type": "image/png",
    "access-control-allow-origin": "*",
    "x-content-type-options": "nosniff",
    "content-security-policy": expect.stringContaining("sandbox"),
    "accept-ranges": "bytes",
    etag: expect.any(String),
  });
  const bytes = Buffer.from(await whole.arrayBuffer());
  const part = await fetch(url, { headers: { range: "bytes=1-3" } });
  expect([part.status, await part.text()]).toEqual([206, bytes.subarray(1, 4).toString()]);
  const head = await fetch(url, { method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([200, ""]);
  const etag = whole.headers.get("etag") ?? "";
  expect((await fetch(url, { headers: { "if-none-match": etag } })).status).toBe(304);
});

test("until it is saved, a file is passed on from Replicate, and then it has the same URL", async () => {
  await setFaults(stack, { match: "not saved yet", delivery: { status: 503, count: 1 } });
  const input = quickInput("not saved yet");
  const body = { version: SDXL, input };
  const response = await askApiV1(stack, user)("/predictions", { body, headers: { prefer: "wait" } });
  const { id, output } = (await response.json()) as { id: string; output: string[] };
  await sql(
    stack,
    `update predictions set next_at = now() + interval '1 minute' where id = '${id}' and saved_at is null`,
  );
  const [url = ""] = output;
  await expect.poll(async () => (await fetch(url)).status).toBe(200);
  const early = await fetch(url, { headers: { range: "bytes=0-7" } });
  const { predictions } = await readLedger(stack);
  const remote = predictions.find((one) => one.input.prompt === "not saved yet")?.files[0]?.url ?? "";
  const original = Buffer.from(await (await fetch(remote)).arrayBuffer());
  expect(Buffer.from(await early.arrayBuffer()).equals(original.subarray(0, 8))).toBe(true);
  await sql(stack, `update predictions set next_at = now() where id = '${id}' and saved_at is null`);
  await api.saved(id);
  expect((await get(id)).urls).toEqual(output);
  expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(original)).toBe(true);
});

test("a URL is valid only as it was signed, and only for a day", async () => {
  const { id, url } = await makeSaved("signed");
  const other = await makeSaved("signed too");
  const query = new URL(url).searchParams;
  const later = String(Number(query.get("expires")) + 86_400);
  const tampered = [
    url.replace(/signature=.*/, "signature="),
    url.replace(/.$/, (last) => (last === "A" ? "B" : "A")),
    url.replace(/expires=\d+/, `expires=${later}`),
    url.replace(/expires=\d+&/, ""),
    url.replace("/0/", "/1/"),
    url.replace(id, other.id),
    url.replace("out-0.png", "out-1.png"),
  ];
  const statuses = await Promise.all(tampered.map(async (one) => (await fetch(one)).status));
  expect(statuses).toEqual(tampered.map(() => 404));
});

test("a file of last year has a new URL", async () => {
  const { id, url } = await makeSaved("a year ago");
  await sql(
    stack,
    `update predictions set created_at = created_at - interval '1 year', output_expires_at = output_expires_at - interval '1 year'
     where id = '${id}'`,
  );
  const [renewed = ""] = (await get(id)).urls;
  expect(new URL(renewed).pathname).toBe(new URL(url).pathname);
  expect(Number(new URL(renewed).searchParams.get("expires")) * 1000).toBeGreaterThan(Date.now() + 86_000_000);
  expect((await fetch(renewed)).status).toBe(200);
});

test("a file is not found once it is deleted, or its owner is blocked or has no account", async () => {
  const owner = await createUser(stack);
  const { id, url } = await makeSaved("soon gone", owner);
  await sql(stack, `insert into user_limits (user_id, blocked_at) values ('${owner.id}', now())`);
  expect((await fetch(url)).status).toBe(404);
  await sql(stack, `delete from user_limits where user_id = '${owner.id}'`);
  expect((await fetch(url)).status).toBe(200);

  const [image] = (await createApi(stack, owner).read(id)).images;
  await createApi(stack, owner).ask(image?.url ?? "", { method: "DELETE" });
  expect((await fetch(url)).status).toBe(404);
  await removeDeleted(stack, id);
  expect((await fetch((await get(id, owner)).urls[0] ?? "")).status).toBe(404);

  const second = await makeSaved("with its account", owner);
  await sql(stack, `delete from auth.users where id = '${owner.id}'`);
  expect((await fetch(second.url)).status).toBe(404);
});

test("every file in an object becomes a URL of the app, and texts stay as they are", async () => {
  const replicate = connectReplicate(stack, user);
  const input = { prompt_a: "rain", denoising: 0.75 };
  const output = await replicate.run("riffusion/riffusion", { input });
  const own = expect.stringMatching(`^${stack.appUrl}/api/v1/outputs/`);
  expect(output).toEqual({ audio: own, spectrogram: own });
  const numbers = await replicate.run("daanelson/imagebind", { input: { text_input: "a fox", modality: "text" } });
  expect(numbers).toEqual(expect.arrayContaining([expect.any(Number)]));
});

test("the client's file outputs can be read", async () => {
  // The client creates a file object only for an https URL. So the test changes the URLs in responses to https, and `plain`
  // sends requests for these URLs over http.
  const secure = stack.appUrl.replace("http:", "https:");
  const send = fetch;
  const plain: typeof fetch = (url, init) => send(String(url).replace(secure, stack.appUrl), init);
  vi.stubGlobal("fetch", plain);
  const replicate = connectReplicate(stack, user, {
    fetch: async (url: string, init: RequestInit) => {
      const response = await plain(url, init);
      if (response.headers.get("content-type") !== "application/json") return response;
      const text = await response.text();
      return new Response(text.replaceAll(`"${stack.appUrl}/api/v1/outputs`, `"${secure}/api/v1/outputs`));
    },
  });
  const files = (await replicate.run(`stability-ai/sdxl:${SDXL}`, { input: quickInput("as a file") })) as unknown[];
  const [file] = files as { url(): URL; blob(): Promise<Blob> }[];
  const blob = await file?.blob();
  expect([blob?.type, (blob?.size ?? 0) > 0]).toEqual(["image/png", true]);
});
