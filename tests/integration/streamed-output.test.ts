import { expect, inject, onTestFinished, test } from "vitest";
import { createApi, setFaults } from "../support/api";
import { readEvents, textOf } from "../support/read-events";
import { sql } from "../support/sql";
import { createUser } from "../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = createApi(stack, user);
const model = "meta/meta-llama-3-8b-instruct";
const ending = ", word".repeat(60);

/** Waits until the prediction has succeeded, and returns its text. */
const readText = async (id: string) =>
  ((await api.until(id, ({ status }) => status === "succeeded")).output as string[]).join("");

/** Starts a prediction of a language model, and returns it once its row contains its id at Replicate. */
async function startText(prompt: string, as = api) {
  const { id } = await as.create({ prompt }, { model });
  const query = `select from predictions where id = '${id}' and replicate_id is not null`;
  await expect.poll(() => sql(stack, query)).toHaveLength(1);
  return { id, stream: (init?: RequestInit) => as.ask(`/api/replicate/${id}/stream`, init) };
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
  const { id, stream } = await startText(`an endless story [slow]${ending}`, createApi(stack, reader));
  const events = readEvents(await stream()).catch(() => "cut");
  await reader.supabase.auth.admin.signOut(reader.accessToken, "global");
  const start = performance.now();
  await events;
  expect(performance.now() - start).toBeLessThan(12_000);
  expect((await api.ask(`/api/replicate/${id}`)).status).toBe(404);
});
