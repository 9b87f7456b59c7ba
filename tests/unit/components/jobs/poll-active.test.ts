import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Connection, pollActive } from "@/components/jobs/poll-active";
import { createJobStore, type JobStore } from "@/components/jobs/job-store";
import { jobOf } from "@/components/jobs/job";
import { savedImage, predictionOf } from "../generate/fixtures";
import { stubFetch } from "../stub-fetch";

const running = predictionOf({ status: "processing" });
const finished = predictionOf({ status: "succeeded", output: ["https://replicate.delivery/a.png"] });
const saved = { ...finished, images: [savedImage], saved_at: "2026-11-01T10:00:09.000Z" };
const send = stubFetch();

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const list = (etag: string, ...results: unknown[]) => Response.json({ results }, { headers: { ETag: etag } });

function poll(
  store: JobStore,
  onConnection = vi.fn<(connection: Connection) => void>(),
  controller = new AbortController(),
) {
  return pollActive(store, onConnection, controller.signal);
}

const asked = () =>
  send.mock.calls.map(([url, init]) =>
    `${String(url)} ${new Headers(init?.headers).get("If-None-Match") ?? ""}`.trim(),
  );

test("one request stays open until everything is saved, and tells the server what the page knows", async () => {
  const store = createJobStore([jobOf(running)], "ada");
  send.mockResolvedValueOnce(list('"1"', running)).mockResolvedValueOnce(list('"2"', finished));
  send.mockResolvedValueOnce(list('"3"')).mockResolvedValueOnce(Response.json(saved));
  const ended = poll(store);
  await vi.advanceTimersByTimeAsync(249);
  // After a prediction has finished, the page sends no request for 250 ms, so that the browser can load the image first.
  expect(send).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(1);
  await ended;
  expect(asked()).toEqual([
    "/api/replicate?status=active",
    '/api/replicate?status=active "1"',
    '/api/replicate?status=active "2"',
    `/api/replicate/${running.id}`,
  ]);
  expect(store.get()[0]?.prediction?.saved_at).toBe(saved.saved_at);
});

test("nothing is asked while nothing is running", async () => {
  await poll(createJobStore([jobOf(saved)], "ada"));
  expect(send).not.toHaveBeenCalled();
});

test("after a lost connection polling continues by itself", async () => {
  const store = createJobStore([jobOf(running)], "ada");
  const onConnection = vi.fn<(connection: Connection) => void>();
  send.mockRejectedValueOnce(new TypeError("network")).mockResolvedValueOnce(new Response(null, { status: 503 }));
  send.mockResolvedValueOnce(list('"1"', saved));
  const ended = poll(store, onConnection);
  await vi.advanceTimersByTimeAsync(1500);
  await ended;
  expect(onConnection.mock.calls.flat()).toEqual(["lost", "lost", "open"]);
});

test("polling ends when the user is signed out", async () => {
  const onConnection = vi.fn<(connection: Connection) => void>();
  send.mockResolvedValueOnce(new Response(null, { status: 401 }));
  await poll(createJobStore([jobOf(running)], "ada"), onConnection);
  expect(onConnection).toHaveBeenCalledExactlyOnceWith("signedOut");
});

test("a server that responds at once without changes is asked again only after a pause", async () => {
  const controller = new AbortController();
  send.mockResolvedValueOnce(list('"1"', running)).mockImplementation(async () => new Response(null, { status: 304 }));
  const ended = poll(createJobStore([jobOf(running)], "ada"), vi.fn<(connection: Connection) => void>(), controller);
  await vi.advanceTimersByTimeAsync(2500);
  controller.abort();
  await ended;
  expect(send.mock.calls.length).toBeLessThanOrEqual(4);
});

test("aborting ends the open request", async () => {
  const controller = new AbortController();
  send.mockImplementation(
    (_url, init) =>
      new Promise((_, reject) =>
        init?.signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError"))),
      ),
  );
  const ended = poll(createJobStore([jobOf(running)], "ada"), vi.fn<(connection: Connection) => void>(), controller);
  controller.abort();
  await ended;
  expect(send).toHaveBeenCalledTimes(1);
});

test("predictions of another user, who has signed in since, are not shown", async () => {
  const store = createJobStore([jobOf(running)], "ada");
  const onConnection = vi.fn<(connection: Connection) => void>();
  const theirs = Response.json({ results: [{ ...running, id: "p9" }] }, { headers: { ETag: '"9"', "X-User": "bo" } });
  send.mockResolvedValueOnce(theirs);
  await poll(store, onConnection);
  expect(store.get().map(({ prediction }) => prediction?.id)).toEqual([running.id]);
  expect(onConnection.mock.calls).toEqual([["signedOut"]]);
});
