import { beforeEach, expect, test, vi } from "vitest";
import type { listSavedMedia } from "@/lib/media/queries";
import type { createPrediction } from "@/lib/predictions/create";
import { createOrReuse } from "@/lib/predictions/create-or-reuse";
import type { findNewestRow, findRowByKey } from "@/lib/predictions/rows";
import { imageRow, predictionRow } from "./row";
import { USER } from "../sessions";

const step = vi.hoisted(() => ({
  create: vi.fn<typeof createPrediction>(),
  find: vi.fn<typeof findNewestRow>(),
  findByKey: vi.fn<typeof findRowByKey>(),
  list: vi.fn<typeof listSavedMedia>(),
}));
vi.mock("@/lib/env", () => ({ env: () => ({ SHARING: true }) }));
vi.mock("@/lib/predictions/create", () => ({ createPrediction: step.create, hashRequest: () => "hash" }));
vi.mock("@/lib/predictions/rows", async (original) => ({
  ...(await original<object>()),
  findNewestRow: step.find,
  findRowByKey: step.findByKey,
}));
vi.mock("@/lib/media/queries", async (original) => ({ ...(await original<object>()), listSavedMedia: step.list }));

const request = { model: "a/b", input: { prompt: "a fox", seed: 7 } };
const user = USER;
const saved_at = "2026-11-01T08:00:00.000Z";

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-11-01T09:00:00Z") });
  step.find.mockReset().mockResolvedValue(null);
  step.findByKey.mockReset().mockResolvedValue(null);
  step.list.mockReset().mockResolvedValue([]);
  step.create.mockReset().mockImplementation(async (_user, _body, key) => ({ id: key }) as never);
  return () => void vi.useRealTimers();
});

const idOf = async (key: string | null = null) => (await createOrReuse(user, request, key)).prediction.id;

test.each([
  ["runs", { status: "processing" }],
  ["is queued", { status: "queued" }],
  ["is being saved", { status: "succeeded", output: ["https://replicate.delivery/a.png"] }],
  ["has text", { status: "succeeded", output: ["a fox", " in snow"], saved_at }],
] as const)("a request within a day gets the prediction that %s", async (_, state) => {
  const row = predictionRow({ ...state, output: "output" in state ? [...state.output] : null });
  step.find.mockResolvedValue(row);
  expect(await createOrReuse(user, request, null)).toMatchObject({ isNew: false, prediction: { id: row.id } });
  expect(step.find).toHaveBeenCalledExactlyOnceWith(user.id, "hash", new Date("2026-10-31T09:00:00Z"));
  expect(step.create).not.toHaveBeenCalled();
});

test("saved files are used again only while all of them exist", async () => {
  const output = ["https://replicate.delivery/a.png", "https://replicate.delivery/b.png"];
  const row = predictionRow({ status: "succeeded", output, saved_at });
  step.find.mockResolvedValue(row);
  step.list.mockResolvedValue([imageRow(), imageRow({ position: 1 })]);
  const { prediction } = await createOrReuse(user, request, "k1");
  expect([prediction.id, prediction.images.length]).toEqual([row.id, 2]);
  step.list.mockResolvedValue([imageRow({ position: 1 })]);
  expect(await idOf()).toBe(`reuse.hash.${row.id}`);
});

test("concurrent requests have one key, so that only one of them starts a prediction", async () => {
  expect(await Promise.all([idOf(), idOf()])).toEqual(["reuse.hash.2026-11-01", "reuse.hash.2026-11-01"]);
});

test.each([
  { status: "failed" },
  { status: "canceled" },
  { status: "processing", cancel_requested_at: "2026-11-01T08:59:00.000Z" },
  { status: "succeeded", saved_at, save_error: "dropped" },
] as const)("after %j, the request is made again, with another key", async (state) => {
  const row = predictionRow(state);
  step.find.mockResolvedValue(row);
  expect(await idOf()).toBe(`reuse.hash.${row.id}`);
});

test("a repeated key gets the prediction of its first request, as without reuse", async () => {
  const row = predictionRow({ status: "processing" });
  step.find.mockResolvedValue(row);
  step.findByKey.mockResolvedValue(row);
  expect(await createOrReuse(user, request, "k1")).toEqual({ prediction: { id: "k1" }, isNew: true });
  expect(step.create).toHaveBeenCalledExactlyOnceWith(user, request, "k1");
});

test("a new request with a key is stored with that key", async () => {
  expect(await idOf("k1")).toBe("k1");
});
