import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Connection } from "@/components/jobs/poll-active";
import { pollNewest } from "@/components/jobs/poll-newest";
import { createJobStore } from "@/components/jobs/job-store";
import type { Prediction } from "@/lib/predictions/schema";
import { predictionOf } from "../generate/fixtures";

const send = vi.fn<typeof fetch>();
const onNewest = vi.fn<(predictions: Prediction[]) => void>();
const onConnection = vi.fn<(connection: Connection) => void>();
const onSignedIn = vi.fn<() => void>();
let controller = new AbortController();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", send);
  controller = new AbortController();
});
afterEach(() => {
  controller.abort();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.resetAllMocks();
});

function startPolling() {
  let current: Connection = "open";
  onConnection.mockImplementation((now) => {
    current = now;
  });
  const connection = { get: () => current, set: onConnection };
  pollNewest(createJobStore([], "ada"), { connection, onNewest, onSignedIn, signal: controller.signal });
}

const list = (etag: string, ...results: Prediction[]) => Response.json({ results }, { headers: { ETag: etag } });
const focusWindow = async () => {
  window.dispatchEvent(new Event("focus"));
  await vi.advanceTimersByTimeAsync(0);
};
const tags = () => send.mock.calls.map(([, init]) => new Headers(init?.headers).get("If-None-Match"));

test("predictions that were started elsewhere arrive within 15 s, and an unchanged list is not sent again", async () => {
  send.mockImplementation(async () => new Response(null, { status: 304 }));
  send.mockResolvedValueOnce(list('"1"', predictionOf()));
  startPolling();
  await vi.advanceTimersByTimeAsync(15_000);
  expect(onNewest).toHaveBeenCalledExactlyOnceWith([predictionOf()]);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(tags()).toEqual([null, '"1"']);
  expect(onNewest).toHaveBeenCalledOnce();
});

test("a page that gets the focus sends a request at once", async () => {
  send.mockResolvedValueOnce(list('"1"', predictionOf()));
  startPolling();
  await focusWindow();
  expect(onNewest).toHaveBeenCalledOnce();
});

test("a hidden page sends no requests, and neither does a page that the user has left", async () => {
  const sight = vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  startPolling();
  await vi.advanceTimersByTimeAsync(60_000);
  sight.mockReturnValue("visible");
  controller.abort();
  await vi.advanceTimersByTimeAsync(60_000);
  await focusWindow();
  expect(send).not.toHaveBeenCalled();
});

test("a lost connection is reported, and so is its return", async () => {
  send.mockRejectedValueOnce(new TypeError("network")).mockResolvedValueOnce(list('"1"'));
  startPolling();
  await focusWindow();
  window.dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(0);
  expect(onConnection.mock.calls.flat()).toEqual(["lost", "open"]);
});

test("too many requests do not count as a lost connection", async () => {
  send.mockResolvedValueOnce(new Response(null, { status: 429 }));
  startPolling();
  await focusWindow();
  expect(onConnection).not.toHaveBeenCalled();
});

test("after signing in again the page is rendered again before anything is shown: it may be another user", async () => {
  send.mockResolvedValueOnce(new Response(null, { status: 401 })).mockResolvedValueOnce(list('"1"', predictionOf()));
  startPolling();
  await focusWindow();
  expect(onConnection.mock.calls.flat()).toEqual(["signedOut"]);
  await focusWindow();
  expect(onConnection).toHaveBeenLastCalledWith("open");
  expect(onSignedIn).toHaveBeenCalledOnce();
  expect(onNewest).not.toHaveBeenCalled();
});

test("predictions of another user, who has signed in since, are not shown: the page is rendered again", async () => {
  const theirs = list('"1"', predictionOf());
  theirs.headers.set("X-User", "bo");
  const nothingNew = new Response(null, { status: 304, headers: { "X-User": "bo" } });
  send.mockResolvedValueOnce(theirs).mockResolvedValueOnce(nothingNew);
  startPolling();
  await focusWindow();
  expect([onNewest.mock.calls.length, onSignedIn.mock.calls.length]).toEqual([0, 1]);
  await focusWindow();
  expect([tags(), onSignedIn.mock.calls.length]).toEqual([[null, null], 2]);
});
