import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { jobOf } from "@/components/jobs/job";
import { createJobStore } from "@/components/jobs/job-store";
import { cancelJob, newKey, startJob, submitRequest } from "@/components/jobs/submit-request";
import { predictionOf } from "../generate/fixtures";
import { stubFetch } from "../stub-fetch";

const request = { model: "stability-ai/sdxl", input: { prompt: "a red fox" } };
const send = stubFetch();

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const keysSent = () => send.mock.calls.map(([, init]) => new Headers(init?.headers).get("Idempotency-Key"));

test("a request whose response was lost is sent again with the same key until there is a response", async () => {
  send.mockRejectedValueOnce(new TypeError("network")).mockRejectedValueOnce(new TypeError("network"));
  send.mockResolvedValueOnce(Response.json(predictionOf(), { status: 200 }));
  const onOffline = vi.fn<() => void>();
  const result = submitRequest(request, "k1", onOffline);
  await vi.advanceTimersByTimeAsync(1500);
  expect(await result).toMatchObject({ prediction: predictionOf() });
  expect(keysSent()).toEqual(["k1", "k1", "k1"]);
  expect(onOffline).toHaveBeenCalledTimes(2);
});

test("a request that is sent again still belongs to its owner", async () => {
  send.mockRejectedValueOnce(new TypeError("network"));
  send.mockResolvedValueOnce(Response.json({ detail: "Somebody else has signed in." }, { status: 401 }));
  const store = createJobStore([], "ada");
  const started = startJob(store, request, "k1");
  await vi.advanceTimersByTimeAsync(500);
  expect(await started).toBe(false);
  expect(send.mock.calls.map(([, init]) => new Headers(init?.headers).get("X-User"))).toEqual(["ada", "ada"]);
  expect(store.get()[0]?.problem?.status).toBe(401);
});

test("a request outlives its page, unless it is too long for browsers", async () => {
  send.mockImplementation(() => Promise.resolve(Response.json(predictionOf(), { status: 201 })));
  const long = { ...request, input: { prompt: "fox ".repeat(2000) } };
  for (const asked of [request, long]) await submitRequest(asked, "k1", vi.fn<() => void>());
  expect(send.mock.calls.map(([, init]) => init?.keepalive)).toEqual([true, false]);
});

test("twenty requests at once stay within the 64 KB that browsers finish sending, in any script", async () => {
  send.mockImplementation(() => Promise.resolve(Response.json(predictionOf(), { status: 201 })));
  for (let length = 100; length < 8000; length += 100) {
    await submitRequest({ ...request, input: { prompt: "漢".repeat(length) } }, "k1", vi.fn<() => void>());
  }
  const outliving = send.mock.calls.flatMap(([, init]) => (init?.keepalive ? [String(init.body)] : []));
  const most = Math.max(...outliving.map((body) => new TextEncoder().encode(body).length));
  expect(most * 20).toBeLessThanOrEqual(65_536);
});

test("it is sent at once when the network is back", async () => {
  send.mockRejectedValueOnce(new TypeError("network"));
  send.mockResolvedValueOnce(Response.json(predictionOf(), { status: 201 }));
  const result = submitRequest(request, "k1", () => window.dispatchEvent(new Event("offline")));
  await vi.advanceTimersByTimeAsync(0);
  window.dispatchEvent(new Event("online"));
  expect(await result).toMatchObject({ prediction: predictionOf() });
});

test("a rejected request is not sent again, and the wrong settings are named", async () => {
  const invalid_fields = [{ field: "input.width", description: "Too wide.", type: "too_big" }];
  send.mockResolvedValueOnce(Response.json({ detail: "Some fields are wrong.", invalid_fields }, { status: 422 }));
  expect(await submitRequest(request, "k1", vi.fn<() => void>())).toEqual({
    problem: {
      status: 422,
      isUnclear: false,
      detail: "Some fields are wrong.",
      fields: [{ field: "width", description: "Too wide." }],
    },
  });
  expect(send).toHaveBeenCalledTimes(1);
});

test.each([502, 503, 504])("after a %i from a proxy it is sent again with the same key", async (status) => {
  send.mockResolvedValueOnce(new Response("<h1>Bad</h1>", { status }));
  send.mockResolvedValueOnce(Response.json(predictionOf(), { status: 200 }));
  const result = submitRequest(request, "k1", vi.fn<() => void>());
  await vi.advanceTimersByTimeAsync(500);
  expect(await result).toMatchObject({ prediction: predictionOf() });
  expect(keysSent()).toEqual(["k1", "k1"]);
});

test("after four tries it gives up, and the key can be used again", async () => {
  send.mockImplementation(async () => new Response("<h1>502</h1>", { status: 502 }));
  const result = submitRequest(request, "k1", vi.fn<() => void>());
  await vi.advanceTimersByTimeAsync(3500);
  expect(await result).toEqual({
    problem: {
      status: 502,
      isUnclear: true,
      detail: "The server's response could not be read. Try again in a moment.",
      fields: [],
    },
  });
  expect(keysSent()).toEqual(["k1", "k1", "k1", "k1"]);
});

test.each([
  ["db_unavailable", true],
  ["internal", true],
  ["provider_unavailable", false],
  ["spend_cap", false],
])("after our own %s, whether it is unclear that something was started: %s", async (type, isUnclear) => {
  const headers = { "Content-Type": "application/problem+json" };
  send.mockResolvedValueOnce(Response.json({ type, detail: "Why." }, { status: 503, headers }));
  expect(await submitRequest(request, "k1", vi.fn<() => void>())).toMatchObject({ problem: { isUnclear } });
  expect(send).toHaveBeenCalledTimes(1);
});

test("each click has a key of its own", () => {
  expect(newKey()).toMatch(/^[0-9a-f]{32}$/);
  expect(newKey()).not.toBe(newKey());
});

function runningStore() {
  const store = createJobStore([jobOf(predictionOf())], "ada");
  store.apply({ type: "cancelAsked", key: predictionOf().id });
  return store;
}

test("a cancel without network is sent again when the network is back", async () => {
  send.mockRejectedValueOnce(new TypeError("network"));
  send.mockResolvedValueOnce(Response.json(predictionOf({ status: "canceled" })));
  const store = runningStore();
  const canceled = cancelJob(store, predictionOf().id);
  await vi.advanceTimersByTimeAsync(0);
  window.dispatchEvent(new Event("online"));
  await canceled;
  expect(send.mock.calls.map(([, init]) => init?.method)).toEqual(["DELETE", "DELETE"]);
  expect(store.get()[0]?.prediction?.status).toBe("canceled");
});

test("after a rejected cancel the job can be canceled again", async () => {
  send.mockResolvedValueOnce(Response.json({ detail: "Sign in first." }, { status: 401 }));
  const store = runningStore();
  await cancelJob(store, predictionOf().id);
  expect(store.get()[0]?.cancelAsked).toBe(false);
});
