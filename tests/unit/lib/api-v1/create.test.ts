import { beforeEach, expect, test, vi } from "vitest";
import { AppError } from "@/lib/errors";
import { createForCaller } from "@/lib/api-v1/predictions/create";
import { predictionRow } from "../predictions/row";
import { stubSettings } from "../stub-settings";

const row = predictionRow({ status: "processing" });
const found = vi.hoisted(() => ({
  requireCaller: vi.fn<() => Promise<void>>(),
  findOwnPrediction: vi.fn<() => Promise<null>>(),
}));
vi.mock("@/lib/api-v1/caller", () => found);
vi.mock("@/lib/api-v1/predictions/queries", () => found);
vi.mock("next/server", () => ({ after: () => {} }));
const polling = vi.hoisted(() => ({ pollBeyondResponse: vi.fn<(id: string, options: object) => void>() }));
vi.mock("@/lib/predictions/poll-until-done", () => polling);
vi.mock("@/lib/predictions/create", () => ({ startPrediction: () => Promise.resolve(row) }));

const caller = {
  id: row.user_id,
  email: "",
  name: "",
  sessionId: null,
  signedInAt: 0,
  hasSecondFactor: false,
  key: null,
};
const create = () => {
  const request = new Request("https://a.test/", { method: "POST", headers: { prefer: "wait" } });
  return createForCaller(request, caller, "a/b", { input: {} });
};

beforeEach(() => {
  stubSettings();
  vi.clearAllMocks();
});

test("polling begins before the wait", async () => {
  found.findOwnPrediction.mockImplementation(() => {
    expect(polling.pollBeyondResponse).toHaveBeenCalledExactlyOnceWith(row.id, { isAwaited: true });
    return Promise.reject(new AppError("db_unavailable", "The database is unavailable."));
  });
  expect(await create()).toMatchObject({ status: 202 });
  expect(found.findOwnPrediction).toHaveBeenCalledTimes(1);
});

test("a prediction is returned as it was created if the database becomes unavailable during the wait", async () => {
  found.findOwnPrediction.mockRejectedValue(new AppError("db_unavailable", "The database is unavailable."));
  expect(await create()).toMatchObject({ status: 202, row: { id: row.id, status: "starting" } });
});

test("a wait ends with an error when the key of the caller is revoked", async () => {
  found.requireCaller.mockRejectedValue(new AppError("unauthenticated", "The key was revoked."));
  await expect(create()).rejects.toMatchObject({ code: "unauthenticated" });
});
