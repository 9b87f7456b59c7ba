import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, inject, test } from "vitest";
import { createApi, setFaults } from "../support/api";
import { readEvents, textOf } from "../support/read-events";
import { createUser } from "../support/users";
import { askChat, idOf, listSent } from "./support/ask-chat";

const stack = inject("stack");
const user = await createUser(stack);
const api = createApi(stack, user);
const model = "meta/meta-llama-3-8b-instruct";
const long = ", word".repeat(60);
const events = { accept: "text/event-stream" };

afterEach(() => setFaults(stack, {}));

const ask = (chat: object, headers?: Record<string, string>, signal?: AbortSignal) =>
  askChat(api, chat, headers, signal);

/** Waits until the prediction has succeeded, and returns its text. */
async function savedText(id: string) {
  const { output } = await api.until(id, ({ status }) => status === "succeeded");
  return (output as string[]).join("");
}

test("an answer is streamed as plain text, and is a prediction like any other", async () => {
  const response = await ask({ prompt: `a red kite${long}`, model, temperature: 0.5 });
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/plain; charset=utf-8"]);
  const pieces: string[] = [];
  for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) pieces.push(piece);
  expect(pieces.length).toBeGreaterThan(5);
  const id = idOf(response);
  expect(pieces.join("")).toBe(await savedText(id));
  expect(await api.read(id)).toMatchObject({
    model,
    tool: null,
    input: { prompt: `a red kite${long}`, temperature: 0.5, max_tokens: 512 },
  });
  const history = await fetch(`${stack.appUrl}/dashboard/history`, { headers: user.cookie });
  expect(await history.text()).toContain("a red kite");
});

test("as events, the id of the prediction comes first, and done last", async () => {
  const response = await ask({ prompt: `a black kite${long}`, model }, events);
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/event-stream"]);
  const all = await readEvents(response);
  expect(all[0]).toEqual({ event: "prediction", id: "", data: idOf(response) });
  expect(all.at(-1)).toMatchObject({ event: "done", data: "{}" });
  expect(textOf(all)).toBe(await savedText(idOf(response)));
});

const conversation = [
  { role: "user", content: "a white kite" },
  { role: "assistant", content: "Yes." },
  { role: "user", content: "a blue kite" },
];

test("without a model, an allowed one answers, which gets the messages as they are", async () => {
  const response = await ask({ messages: conversation, system_prompt: "Be brief.", max_tokens: 1_000_000 });
  expect(await response.text()).toMatch(/^a blue kite, /);
  const { model: used, input } = await api.read(idOf(response));
  expect(used).toBe("openai/gpt-4o-mini");
  expect(input).toEqual({
    messages: [{ role: "system", content: "Be brief." }, ...conversation],
    max_completion_tokens: 4096,
  });
});

test("a model that takes no messages gets them in its prompt", async () => {
  const response = await ask({ messages: conversation, model });
  expect(await response.text()).toMatch(/^a blue kite, /);
  const { input } = await api.read(idOf(response));
  expect(input["prompt"]).toContain('<message role="assistant">\nYes.\n</message>');
});

describe.each([
  ["breaks off again and again", { cut: 3 }],
  ["cannot be opened", { status: 503 }],
])("a stream that %s", (_, stream) => {
  test("ends in the saved text", async () => {
    const prompt = `a buzzard ${JSON.stringify(stream)}${long}`;
    await setFaults(stack, { match: "a buzzard", stream });
    const [text, all] = await Promise.all([
      ask({ prompt, model }).then(async (response) => [await response.text(), idOf(response)]),
      ask({ prompt, model }, events).then(async (response) => [textOf(await readEvents(response)), idOf(response)]),
    ]);
    expect(text[0]).toBe(await savedText(text[1]!));
    expect(all[0]).toBe(await savedText(all[1]!));
  });
});

test("after a lost connection, the stream of the prediction continues with the last event id", async () => {
  const response = await ask({ prompt: `a lost hawk${long}`, model }, events);
  const first = await readEvents(response, 6);
  const headers = { "last-event-id": first.at(-1)?.id ?? "" };
  const rest = await readEvents(await api.ask(`/api/replicate/${idOf(response)}/stream`, { headers }));
  expect(textOf(first) + textOf(rest)).toBe(await savedText(idOf(response)));
});

test("when the client leaves, the answer is saved all the same", async () => {
  const left = new AbortController();
  const response = await ask({ prompt: `a quick falcon${long}`, model }, {}, left.signal);
  await response.body?.getReader().read();
  left.abort();
  expect(await savedText(idOf(response))).toMatch(/^a quick falcon(, word){60}, .*\.$/);
});

test("an answer that is stopped says so", async () => {
  const response = await ask({ prompt: `a slow goose [slow]${long}`, model }, events);
  await api.until(idOf(response), ({ output }) => Array.isArray(output) && output.length > 2);
  await api.ask(`/api/replicate/${idOf(response)}`, { method: "DELETE" });
  const all = await readEvents(response);
  expect(all.at(-1)).toMatchObject({ event: "done", data: '{"reason":"canceled"}' });
  expect(textOf(all)).toMatch(/^a slow/);
});

test("a failure after the first word is an event, and ends the text", async () => {
  const prompt = `a tired owl [fail]${long}`;
  const all = await readEvents(await ask({ prompt, model }, events));
  expect(all.slice(-2)).toMatchObject([
    { event: "error", data: expect.stringMatching(/^{"type":"prediction_failed","detail":"CUDA out of memory/) },
    { event: "done", data: '{"reason":"error"}' },
  ]);
  const response = await ask({ prompt, model });
  expect([response.status, await response.text()]).toEqual([200, expect.stringMatching(/^a tired owl \[fail\],/)]);
});

test("a failure before the first word is an error in words", async () => {
  const fields = { status: "failed", error: "The model is on strike.", output: null };
  await setFaults(stack, { match: "a mute swan", fields, stream: { status: 503 } });
  const response = await ask({ prompt: "a mute swan", model });
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect([response.status, await response.json()]).toMatchObject([
    422,
    { type: "prediction_failed", detail: "The model is on strike." },
  ]);
});

test("the same key starts one prediction, and gets its answer each time", async () => {
  const key = { "idempotency-key": randomUUID() };
  const chat = { prompt: `a single crane${long}`, model };
  const responses = await Promise.all([ask(chat, key), ask(chat, key), ask(chat, key)]);
  expect(new Set(responses.map(idOf)).size).toBe(1);
  const texts = await Promise.all(responses.map((response) => response.text()));
  const again = await ask(chat, key);
  expect(new Set([...texts, await again.text(), await savedText(idOf(again))]).size).toBe(1);
  expect(await listSent("a single crane")).toHaveLength(1);
  const other = await ask({ ...chat, prompt: "another" }, key);
  expect([other.status, await other.json()]).toMatchObject([422, { type: "idempotency_mismatch" }]);
});
