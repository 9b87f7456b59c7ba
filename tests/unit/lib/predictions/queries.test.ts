import type { SupabaseClient } from "@supabase/supabase-js";
import { expect, test, vi } from "vitest";
import { readRunning, type Running } from "@/lib/predictions/queries";
import type { PredictionRow } from "@/lib/predictions/rows";
import { predictionRow } from "./row";

vi.mock("@/lib/supabase/user-client", () => ({}));

/** A database that always answers with these rows, and counts how often it is asked. */
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
