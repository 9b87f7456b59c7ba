import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { applyUpdate, PredictionRow } from "@/lib/predictions/rows";
import { predictionRow } from "./row";

const database = vi.hoisted(() => ({
  applyUpdate: vi.fn<typeof applyUpdate>(),
  reportDeleted: vi.fn<(id: string, replicateId: string) => Promise<void>>(),
}));
vi.mock("@/lib/predictions/cancel-deleted", () => ({ reportDeleted: database.reportDeleted }));
vi.mock("@/lib/predictions/rows", () => ({ applyUpdate: database.applyUpdate }));
vi.mock("@/lib/predictions/polling-interval", () => ({ getPollDelay: () => Promise.resolve(1) }));

const REMOTE = "rrr4z5ztdnrm80crkw0s5e2p2w";
const told = { id: REMOTE, status: "succeeded", created_at: "2026-11-21T14:32:08Z" };
const answer = (changes: Partial<PredictionRow>) =>
  database.applyUpdate.mockResolvedValue(predictionRow({ replicate_id: REMOTE, status: "succeeded", ...changes }));

/** Delivers a webhook to a new server, or to the one that got the last. */
let receive: (body?: object) => Promise<{ isOurs: boolean; unsaved: PredictionRow | null }>;
beforeEach(async () => {
  vi.resetModules();
  const { handleWebhook } = await import("@/lib/predictions/handle-webhook");
  receive = (body = told) => handleWebhook(predictionRow().id, JSON.stringify(body));
});
afterEach(() => {
  for (const mock of Object.values(database)) mock.mockReset();
});

test("every webhook about a succeeded prediction returns it, until it is saved", async () => {
  answer({});
  for (let time = 0; time < 3; time += 1)
    expect(await receive()).toMatchObject({ isOurs: true, unsaved: { replicate_id: REMOTE } });
  expect(database.applyUpdate).toHaveBeenCalledTimes(3);
});

test.each<Partial<PredictionRow>>([
  { saved_at: "2026-11-21T14:32:20Z", next_at: null },
  { save_error: "expired", next_at: null },
  { status: "failed", next_at: null },
])("a repeated webhook about a finished prediction costs no query: %o", async (changes) => {
  answer(changes);
  for (let time = 0; time < 3; time += 1) expect((await receive()).isOurs).toBe(true);
  expect(database.applyUpdate).toHaveBeenCalledTimes(1);
});

test("every webhook about a provisional prediction counts, because it can still change", async () => {
  answer({ status: "failed", provisional: true, next_at: null });
  await receive();
  await receive();
  expect(database.applyUpdate).toHaveBeenCalledTimes(2);
});

test("a webhook that the database rejects is answered, so that Replicate does not repeat it", async () => {
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const { AppError } = await import("@/lib/errors");
  database.applyUpdate.mockRejectedValueOnce(new AppError("invalid_input", ""));
  expect(await receive()).toEqual({ isOurs: false, unsaved: null });
  database.applyUpdate.mockRejectedValueOnce(new AppError("db_unavailable", ""));
  await expect(receive()).rejects.toMatchObject({ code: "db_unavailable" });
});

test("a webhook with another Replicate id is not ours", async () => {
  answer({ next_at: null });
  await receive();
  expect(await receive({ ...told, id: "another4ztdnrm80crkw0s5e2p" })).toEqual({ isOurs: false, unsaved: null });
});

test("only the last thousand finished predictions are remembered", async () => {
  database.applyUpdate.mockImplementation(({ id }, update) =>
    Promise.resolve(predictionRow({ id, next_at: null, replicate_id: update.replicate_id ?? null })),
  );
  const deliver = (index: number) => receive({ ...told, id: `r${String(index).padStart(25, "0")}` });
  for (let index = 0; index <= 1000; index += 1) await deliver(index);
  database.applyUpdate.mockClear();
  await deliver(1000);
  expect(database.applyUpdate).not.toHaveBeenCalled();
  await deliver(0);
  expect(database.applyUpdate).toHaveBeenCalledTimes(1);
});

test("the id of a running prediction whose row was deleted is kept, to cancel it", async () => {
  database.applyUpdate.mockResolvedValue(null);
  await receive();
  expect(database.reportDeleted).not.toHaveBeenCalled();
  expect(await receive({ ...told, status: "processing" })).toEqual({ isOurs: false, unsaved: null });
  expect(database.reportDeleted).toHaveBeenCalledExactlyOnceWith(predictionRow().id, REMOTE);
});
