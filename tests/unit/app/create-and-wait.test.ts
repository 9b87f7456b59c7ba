import { expect, test, vi } from "vitest";
import { POST } from "@/app/api/replicate/route";
import { AppError } from "@/lib/errors";
import { stubSettings } from "../lib/stub-settings";

const prediction = { id: "0195f2a8-0000-7000-8000-000000000001", status: "starting", urls: { get: "/get" } };
const found = vi.hoisted(() => ({
  getPrediction: vi.fn<() => Promise<unknown>>(),
  pollBeyondResponse: vi.fn<(id: string, options: object) => void>(),
}));
vi.mock("@/lib/auth", async (load) => ({
  ...(await load<object>()),
  requireUser: () => Promise.resolve({ id: "a user" }),
}));
vi.mock("@/lib/supabase/user-client", () => ({ createUserClient: () => Promise.resolve({}) }));
vi.mock("@/lib/predictions/create", () => ({ createPrediction: () => Promise.resolve(prediction) }));
vi.mock("@/lib/predictions/queries", () => ({ getPrediction: found.getPrediction, newsSince: () => () => false }));
vi.mock("@/lib/predictions/poll-until-done", () => ({ pollBeyondResponse: found.pollBeyondResponse }));

function create(headers: Record<string, string>) {
  stubSettings();
  vi.clearAllMocks();
  const request = new Request("https://a.test/api/replicate", {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID(), ...headers },
    body: JSON.stringify({ input: { prompt: "a fox" } }),
  });
  return POST(request, {});
}

test("a request that waits polls during its wait, and returns the finished prediction", async () => {
  const finished = { ...prediction, status: "succeeded" };
  found.getPrediction.mockImplementation(() => {
    expect(found.pollBeyondResponse).toHaveBeenCalledExactlyOnceWith(prediction.id, { isAwaited: true });
    return Promise.resolve({ value: finished, etag: "1" });
  });
  const response = await create({ prefer: "wait=5" });
  expect([response.status, await response.json()]).toEqual([201, finished]);
});

test("a request that does not wait polls after its response", async () => {
  const response = await create({});
  expect([response.status, await response.json()]).toEqual([201, prediction]);
  expect(found.pollBeyondResponse).toHaveBeenCalledExactlyOnceWith(prediction.id, { isAwaited: false });
  expect(found.getPrediction).not.toHaveBeenCalled();
});

test("the prediction is returned as it was created if the database becomes unavailable during the wait", async () => {
  found.getPrediction.mockRejectedValue(new AppError("db_unavailable", "The database is unavailable."));
  const response = await create({ prefer: "wait=5" });
  expect([response.status, await response.json()]).toEqual([201, prediction]);
});
