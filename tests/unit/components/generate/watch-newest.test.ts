import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Connection } from "@/components/jobs/polling";
import { pollNewest } from "@/components/jobs/newest-polling";
import type { Prediction } from "@/lib/predictions/schema";
import { predictionOf } from "./fixtures";

const send = vi.fn<typeof fetch>();
const onSeen = vi.fn<(predictions: Prediction[]) => void>();
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

function watch() {
  let connection: Connection = "open";
  onConnection.mockImplementation((now) => {
    connection = now;
  });
  const isSignedOut = () => connection === "signedOut";
  pollNewest({ owner: "ada", onSeen, onConnection, isSignedOut, onSignedIn, signal: controller.signal });
}

const list = (etag: string, ...results: Prediction[]) => Response.json({ results }, { headers: { ETag: etag } });
const turnTo = async () => {
  window.dispatchEvent(new Event("focus"));
  await vi.advanceTimersByTimeAsync(0);
};
const tags = () => send.mock.calls.map(([, init]) => new Headers(init?.headers).get("If-None-Match"));

test("what was started elsewhere is heard of within 15 s, and while nothing is new it is not sent again", async () => {
  send.mockImplementation(async () => new Response(null, { status: 304 }));
  send.mockResolvedValueOnce(list('"1"', predictionOf()));
  watch();
  await vi.advanceTimersByTimeAsync(15_000);
  expect(onSeen).toHaveBeenCalledExactlyOnceWith([predictionOf()]);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(tags()).toEqual([null, '"1"']);
  expect(onSeen).toHaveBeenCalledOnce();
});

test("who turns to the page hears of it at once", async () => {
  send.mockResolvedValueOnce(list('"1"', predictionOf()));
  watch();
  await turnTo();
  expect(onSeen).toHaveBeenCalledOnce();
});

test("a page that is out of sight asks nothing, and neither does one that is gone", async () => {
  const sight = vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  watch();
  await vi.advanceTimersByTimeAsync(60_000);
  sight.mockReturnValue("visible");
  controller.abort();
  await vi.advanceTimersByTimeAsync(60_000);
  await turnTo();
  expect(send).not.toHaveBeenCalled();
});

test("a lost network is said, and its return", async () => {
  send.mockRejectedValueOnce(new TypeError("network")).mockResolvedValueOnce(list('"1"'));
  watch();
  await turnTo();
  window.dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(0);
  expect(onConnection.mock.calls.flat()).toEqual(["lost", "open"]);
});

test("too many questions are no lost network", async () => {
  send.mockResolvedValueOnce(new Response(null, { status: 429 }));
  watch();
  await turnTo();
  expect(onConnection).not.toHaveBeenCalled();
});

test("who signs in again may be another: the page is drawn anew before anything of theirs is shown on it", async () => {
  send.mockResolvedValueOnce(new Response(null, { status: 401 })).mockResolvedValueOnce(list('"1"', predictionOf()));
  watch();
  await turnTo();
  expect(onConnection.mock.calls.flat()).toEqual(["signedOut"]);
  await turnTo();
  expect(onConnection).toHaveBeenLastCalledWith("open");
  expect(onSignedIn).toHaveBeenCalledOnce();
  expect(onSeen).not.toHaveBeenCalled();
});

test("what somebody else has made, who signed in meanwhile, is not shown: the page is drawn anew", async () => {
  const theirs = list('"1"', predictionOf());
  theirs.headers.set("X-User", "bo");
  const nothingNew = new Response(null, { status: 304, headers: { "X-User": "bo" } });
  send.mockResolvedValueOnce(theirs).mockResolvedValueOnce(nothingNew);
  watch();
  await turnTo();
  expect([onSeen.mock.calls.length, onSignedIn.mock.calls.length]).toEqual([0, 1]);
  await turnTo();
  expect([tags(), onSignedIn.mock.calls.length]).toEqual([[null, null], 2]);
});
