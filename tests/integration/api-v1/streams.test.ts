import type { Prediction } from "replicate";
import { afterEach, describe, expect, inject, onTestFinished, test } from "vitest";
import { startAnotherApp } from "../../support/another-app";
import { createApi, listAccepted, setFaults } from "../../support/api";
import { makeKey } from "../../support/keys";
import { readEvents, textOf } from "../../support/read-events";
import { sql } from "../../support/sql";
import { createUser } from "../../support/users";
import { createClient } from "../support/official-client";

const stack = inject("stack");
const user = await createUser(stack);
const api = createApi(stack, user);
const { key } = await makeKey(stack, user, { scopes: ["predict", "read", "manage"] });
const replicate = createClient({ accessToken: key });
const model = "meta/meta-llama-3-8b-instruct";
const ending = ", word".repeat(60);

afterEach(() => setFaults(stack, {}));

/** Starts a prediction of a language model. `open` opens its stream, or continues it after the event `lastEventId`. */
async function start(prompt: string, client = replicate) {
  const prediction = await client.predictions.create({ model, input: { prompt } });
  return { id: prediction.id, url: urlOf(prediction), open: openerOf(urlOf(prediction)) };
}

function urlOf({ urls }: Prediction): string {
  return urls.stream ?? "";
}

function openerOf(url: string) {
  return (lastEventId?: string) =>
    fetch(url, { headers: lastEventId === undefined ? {} : { "last-event-id": lastEventId } });
}

/** Waits until the prediction has succeeded, and returns its text. */
async function savedText(id: string) {
  const { output } = await api.until(id, ({ status }) => status === "succeeded");
  return (output as string[]).join("");
}

test("the official client reads the words as they are written, and done at the end", async () => {
  const events = [];
  for await (const event of replicate.stream(model, { input: { prompt: `a red kite${ending}` } })) {
    events.push(event);
  }
  const words = events.filter(({ event }) => event === "output");
  expect(words.length).toBeGreaterThan(5);
  expect(words.map(({ id }) => id)).toEqual(words.map(() => expect.stringMatching(/^\d{10}:\d+(:\d+)?$/)));
  expect(events.at(-1)).toMatchObject({ event: "done", data: "{}" });
  const { results } = await replicate.predictions.list();
  expect(words.join("")).toBe(await savedText(results[0]?.id ?? ""));
});

test("after a lost connection, Last-Event-ID continues the text without a gap", async () => {
  const { id, open } = await start(`a winding road${ending}`);
  const response = await open();
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "text/event-stream",
    "access-control-allow-origin": "*",
  });
  const first = await readEvents(response, 6);
  const second = await readEvents(await open(first.at(-1)?.id), 7);
  const rest = await readEvents(await open(second.at(-1)?.id));
  expect(textOf([...first, ...second, ...rest])).toBe(await savedText(id));
  expect(rest.at(-1)).toMatchObject({ event: "done", data: "{}" });
});

test("a prediction that has ended streams its whole text, or what is left of it", async () => {
  const { id, open } = await start(`a finished tale${ending}`);
  const text = await savedText(id);
  const whole = await readEvents(await open());
  expect([textOf(whole), whole.at(-1)?.data]).toEqual([text, "{}"]);
  const rest = await readEvents(await open(`${Math.floor(Date.now() / 1000)}:10`));
  expect(textOf(rest)).toBe(text.slice(10));
  const again = await readEvents(await open(rest.at(-1)?.id));
  expect(again.map(({ event }) => event)).toEqual(["done"]);
  expect(textOf(await readEvents(await open("abc:7")))).toBe(text);
});

test("another server continues the text after a crash, and the whole text is saved", async () => {
  const app = await startAnotherApp(stack, {});
  onTestFinished(() => app.stop());
  const { id, url, open } = await start(`a broken bridge [slow]${ending}`, createClient(user, app));
  const first = await readEvents(await open(), 4);
  process.kill(app.pid, "SIGKILL");
  const rest = await readEvents(await openerOf(url.replace(app.appUrl, stack.appUrl))(first.at(-1)?.id));
  expect(textOf(first)).not.toBe("");
  expect(textOf(first) + textOf(rest)).toBe(await savedText(id));
});

describe.each([
  ["breaks off again and again", { cut: 3 }],
  ["cannot be opened", { status: 503 }],
])("a stream of Replicate's that %s", (_, stream) => {
  test("ends in the saved text", async () => {
    await setFaults(stack, { match: "a buzzard", stream });
    const { id, open } = await start(`a buzzard ${JSON.stringify(stream)}${ending}`);
    const events = await readEvents(await open());
    expect(textOf(events)).toBe(await savedText(id));
    expect(events.at(-1)).toMatchObject({ event: "done", data: "{}" });
  });
});

test("a failure is an error and then done, also when it is read later", async () => {
  const { id, open } = await start(`a tired owl [fail]${ending}`);
  const live = await readEvents(await open());
  await api.ended(id);
  for (const events of [live, await readEvents(await open())]) {
    expect(events.slice(-2)).toMatchObject([
      { event: "error", data: expect.stringMatching(/^{"detail":"CUDA out of memory/) },
      { event: "done", data: '{"reason":"error"}' },
    ]);
  }
});

test("a canceled prediction ends with its reason", async () => {
  const { id, open } = await start(`a slow goose [slow]${ending}`);
  const events = open().then((response) => readEvents(response));
  await api.until(id, ({ output }) => output !== null);
  await replicate.predictions.cancel(id);
  expect((await events).at(-1)).toMatchObject({ event: "done", data: '{"reason":"canceled"}' });
});

test("a client that leaves loses nothing", async () => {
  const left = new AbortController();
  const { id, url } = await start(`a quick falcon${ending}`);
  const response = await fetch(url, { signal: left.signal });
  await response.body?.getReader().read();
  left.abort();
  expect(await savedText(id)).toMatch(/^a quick falcon(, word){60}/);
});

test("only a valid signature for this prediction opens its stream", async () => {
  const [{ id, url }, mine] = await Promise.all([start("a secret"), start("no secret")]);
  const { origin, pathname, searchParams } = new URL(url);
  const signature = searchParams.get("signature") ?? "";
  const query = new URL(mine.url).search;
  for (const wrong of [
    `${origin}${pathname}`,
    `${origin}${pathname}${query}`,
    `${origin}${pathname}?expires=1&signature=${signature}`,
    url.replace(
      signature,
      signature.replace(/^./, (first) => (first === "A" ? "B" : "A")),
    ),
  ]) {
    const response = await fetch(wrong, { headers: user.bearer });
    expect([response.status, await response.json()]).toMatchObject([404, { status: 404 }]);
  }
  const image = await replicate.predictions.create({ model: "black-forest-labs/flux-schnell", input: { prompt: "x" } });
  expect(image.urls.stream).toBeUndefined();
  await savedText(id);
});

test("an open stream ends when the prediction is deleted, and when its user is blocked", async () => {
  const reader = await createUser(stack);
  const [deleted, blocked] = await Promise.all(
    ["deleted", "blocked"].map(async (word) => {
      const prompt = `a ${word} story [slow]${", word".repeat(300)}`;
      const started = await start(prompt, createClient(reader));
      await expect.poll(() => listAccepted(stack, prompt)).toHaveLength(1);
      const response = await started.open();
      const [first] = await readEvents(await started.open(), 1);
      expect([response.status, first?.event]).toEqual([200, "output"]);
      return { ...started, events: readEvents(response) };
    }),
  );
  const ended = async (stream = deleted) => (await stream!.events).map(({ event }) => event);
  await sql(stack, `delete from predictions where id = '${deleted?.id}'`);
  expect(await ended(deleted)).not.toContain("done");
  await sql(stack, `insert into user_limits (user_id, blocked_at) values ('${reader.id}', now())`);
  expect(await ended(blocked)).not.toContain("done");
  expect((await blocked!.open()).status).toBe(404);
});
