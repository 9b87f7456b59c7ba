import { expect, inject, onTestFinished, test } from "vitest";
import { createApi, listAccepted, setFaults } from "../support/api";
import { createUser } from "../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = createApi(stack, user);
const model = "meta/meta-llama-3-8b-instruct";
const ending = ", word".repeat(60);

type Event = { event: string; id: string; data: string };

/** Reads server-sent events until the stream ends, or until there are `count`. */
async function readEvents(response: Response, count = Infinity): Promise<Event[]> {
  const events: Event[] = [];
  const reader = (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (events.length < count) {
    const { done, value } = await reader.read();
    if (done) break;
    const parts = (text + value).split("\n\n");
    text = parts.pop() ?? "";
    events.push(...parts.map(parseEvent));
  }
  await reader.cancel();
  return events.slice(0, count);
}

function parseEvent(text: string): Event {
  const valueOf = (name: string) =>
    text
      .split("\n")
      .filter((line) => line.startsWith(`${name}: `))
      .map((line) => line.slice(name.length + 2))
      .join("\n");
  return { event: valueOf("event"), id: valueOf("id"), data: valueOf("data") };
}

/** The text of the finished prediction. */
const readText = async (id: string) =>
  ((await api.until(id, ({ status }) => status === "succeeded")).output as string[]).join("");

const textOf = (events: Event[]) => events.flatMap(({ event, data }) => (event === "output" ? data : [])).join("");

/** Starts a prediction of a language model, and returns it once it is at Replicate. */
async function startText(prompt: string) {
  const { id } = await api.create({ prompt }, { model });
  await expect.poll(() => listAccepted(stack, prompt)).toHaveLength(1);
  return { id, stream: (init?: RequestInit) => api.ask(`/api/replicate/${id}/stream`, init) };
}

test("the words of a language model are streamed, also after a lost connection, and are saved", async () => {
  const { id, stream } = await startText(`a long walk${ending}`);
  const response = await stream();
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const first = await readEvents(response, 5);
  const rest = await readEvents(await stream({ headers: { "last-event-id": first.at(-1)?.id ?? "" } }));
  expect(rest.at(-1)?.event).toBe("done");
  expect(textOf(first) + textOf(rest)).toBe(await readText(id));
  expect((await stream()).status).toBe(204);
});

test("a stream that cannot be opened is empty, and the text is saved all the same", async () => {
  const prompt = `no stream${ending}`;
  onTestFinished(() => setFaults(stack, {}));
  await setFaults(stack, { match: prompt, fields: { urls: { stream: "https://evil.example/v1/streams/x" } } });
  const { id, stream } = await startText(prompt);
  expect((await stream()).status).toBe(204);
  expect(await readText(id)).toContain("no stream");
});

test("nobody else can read the stream", async () => {
  const { stream, id } = await startText(`a secret${ending}`);
  const other = await createUser(stack);
  expect((await createApi(stack, other).ask(`/api/replicate/${id}/stream`)).status).toBe(404);
  expect((await stream({ headers: { authorization: "" } })).status).toBe(401);
});

test("an open stream ends when its reader signs out", async () => {
  const reader = await createUser(stack);
  const asReader = createApi(stack, reader);
  const prompt = `an endless story [slow]${ending}`;
  const { id } = await asReader.create({ prompt }, { model });
  await expect.poll(() => listAccepted(stack, prompt)).toHaveLength(1);
  const events = readEvents(await asReader.ask(`/api/replicate/${id}/stream`)).catch(() => "cut");
  await reader.supabase.auth.admin.signOut(reader.accessToken, "global");
  const start = performance.now();
  await events;
  expect(performance.now() - start).toBeLessThan(12_000);
  expect((await api.ask(`/api/replicate/${id}`)).status).toBe(404);
});
