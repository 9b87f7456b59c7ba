import type { SupabaseClient } from "@supabase/supabase-js";
import { describe, expect, test, vi } from "vitest";
import { getPrediction, newsSince, readRunning, type Running } from "@/lib/predictions/queries";
import type { PredictionRow } from "@/lib/predictions/rows";
import { predictionRow } from "./row";

vi.mock("@/lib/supabase/user-client", () => ({}));

/** Returns a database that responds to every query with these rows, and that counts the queries. */
function databaseOf(...rows: object[]) {
  const state = { reads: 0 };
  const query = new Proxy(
    {},
    {
      get: (_, name) =>
        name === "then"
          ? (resolve: (answer: object) => void) => {
              state.reads += 1;
              resolve({ data: rows.map((row) => ({ images: [], ...row })), error: null });
            }
          : name === "maybeSingle"
            ? () => Promise.resolve({ data: { images: [], ...rows[0] }, error: null })
            : () => query,
    },
  );
  return { client: { from: () => query } as unknown as SupabaseClient, state };
}

const readFor =
  (client: SupabaseClient) =>
  (...given: [PredictionRow | null, Running | null]) =>
    readRunning(client, ...given);

const running = predictionRow({ status: "processing", revision: 4 });
const finished = {
  ...running,
  status: "succeeded" as const,
  revision: 5,
  output: ["https://replicate.delivery/a.png"],
};

test("a prediction that has just finished is shown without a query", async () => {
  const { client, state } = databaseOf(running);
  const read = readFor(client);
  const before = await read(null, null);
  const after = await read(finished, before);
  expect(after.value[0]).toMatchObject({ status: "succeeded", output: ["https://replicate.delivery/a.png"] });
  expect(after.etag).not.toBe(before.etag);
  expect(state.reads).toBe(1);
});

test("an older change that arrives late is ignored", async () => {
  const { client } = databaseOf(finished);
  const read = readFor(client);
  const before = await read(null, null);
  expect((await read({ ...running, revision: 3 }, before)).value[0]?.status).toBe("succeeded");
});

test("while files are being saved, the database is read", async () => {
  const { client, state } = databaseOf(finished);
  const read = readFor(client);
  const before = await read(null, null);
  await read({ ...finished, revision: 8, saved_at: "2026-11-21T14:32:07.500Z" }, before);
  expect(state.reads).toBe(2);
});

test("a prediction that is not in the list yet is read from the database", async () => {
  const { client, state } = databaseOf(running);
  const read = readFor(client);
  const before = await read(null, null);
  await read(predictionRow({ id: "0195f2a8-0000-7000-8000-0000000000ff" }), before);
  expect(state.reads).toBe(2);
});

describe("the ETag of a long poll", () => {
  const tagOf = async (changes: Partial<typeof running>) => {
    const { client } = databaseOf({ ...running, ...changes });
    return (await readRunning(client, null, null)).etag;
  };
  const isNews = async (known: object, found: object, isTick: boolean) =>
    newsSince(await tagOf(known))({ value: null, etag: await tagOf(found) }, isTick);

  test("makes a new revision news at once", async () => {
    expect(await isNews({ revision: 4 }, { revision: 5 }, false)).toBe(true);
    expect(newsSince(null)({ value: null, etag: await tagOf({}) }, false)).toBe(true);
  });

  test.each([
    ["progress", { progress: 0.2 }, { progress: 0.3 }],
    ["logs", { logs: "a" }, { logs: "a b" }],
  ])("makes new %s news at a tick", async (_, known, found) => {
    expect(await isNews(known, found, false)).toBe(false);
    expect(await isNews(known, found, true)).toBe(true);
    // A response that another server has built may contain less progress. It is not news.
    expect(await isNews(found, known, true)).toBe(false);
    expect(await isNews(found, found, true)).toBe(false);
  });

  test("has the same parts for a single prediction", async () => {
    const single = async (changes: object) =>
      (await getPrediction(databaseOf({ ...running, ...changes }).client, running.id))?.etag ?? "";
    const isNewsSince = newsSince(await single({ logs: "a" }));
    expect(isNewsSince({ value: null, etag: await single({ logs: "a b" }) }, false)).toBe(false);
    expect(isNewsSince({ value: null, etag: await single({ logs: "a b" }) }, true)).toBe(true);
    expect(isNewsSince({ value: null, etag: await single({ logs: "a", revision: 5 }) }, false)).toBe(true);
  });
});
