import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as storage from "@/lib/media/storage";
import { stubSettings } from "../stub-settings";

const ask = vi.fn<typeof fetch>();
const signalOf = () => ask.mock.lastCall?.[1]?.signal;

beforeEach(() => {
  vi.useFakeTimers();
  stubSettings();
  vi.stubGlobal("fetch", ask);
  // The real one ignores the fake clock.
  vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
    const timeout = new AbortController();
    setTimeout(() => timeout.abort(), ms);
    return timeout.signal;
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test("a file that has started to arrive is read for as long as its reader takes", async () => {
  ask.mockResolvedValueOnce(new Response("bytes"));
  const body = await storage.get("user/image.png");
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(signalOf()?.aborted).toBe(false);
  expect(await new Response(body).text()).toBe("bytes");
});

test("storage that does not start to answer is given half a minute", async () => {
  ask.mockImplementationOnce(
    (_, init) =>
      new Promise((_resolve, reject) => init?.signal?.addEventListener("abort", () => reject(new Error("late")))),
  );
  await Promise.all([
    expect(storage.get("user/image.png")).rejects.toMatchObject({ code: "db_unavailable" }),
    vi.advanceTimersByTimeAsync(30_000),
  ]);
});

test.each([404, 400])("a file that storage does not have, by status %i, is null", async (status) => {
  ask.mockResolvedValueOnce(Response.json({ message: "Object not found" }, { status }));
  expect(await storage.get("user/image.png")).toBeNull();
});

test.each([
  [413, "too_large"],
  [415, "unsupported_output"],
])("a file that the bucket refuses, by status %i, is never saved", async (status, reason) => {
  for (const body of [{ status }, { status: 400, statusCode: String(status) }]) {
    ask.mockResolvedValueOnce(Response.json({ ...body, message: "no" }, { status: body.status }));
    const saved = storage.put("user/image.png", new Uint8Array(1), "image/png");
    await expect(saved).rejects.toMatchObject({ name: "UnsupportedFile", reason });
  }
});

test("a folder with more files than one page is listed completely", async () => {
  const names = Array.from({ length: 1003 }, (_, index) => ({ name: `${index}.png` }));
  ask.mockImplementation(async (_, init) => {
    const { limit, offset } = JSON.parse(String(init?.body)) as { limit: number; offset: number };
    return Response.json(names.slice(offset, offset + limit));
  });
  expect(await storage.list("user/prediction")).toEqual(names.map(({ name }) => `user/prediction/${name}`));
});

const full = () => Response.json({ statusCode: "507", message: "full" }, { status: 507 });
const put = () => storage.put("user/image.png", new Uint8Array(1), "image/png");

test.each([
  ["its status", full()],
  ["the status in the body", Response.json({ statusCode: "507", message: "full" }, { status: 400 })],
  [
    "a read-only database",
    Response.json({ message: "cannot execute INSERT in a read-only transaction" }, { status: 500 }),
  ],
  ["a disk", Response.json({ message: "ENOSPC: no space left on device, write" }, { status: 500 })],
])("storage that is full, by %s, is reported as full", async (_, response) => {
  ask.mockResolvedValueOnce(response);
  await expect(put()).rejects.toMatchObject({ code: "storage_full", status: 503, retryAfter: 60 });
});

test("after a rejected file, storage has no room until a file of a typical size can be written", async () => {
  ask.mockImplementation(() => Promise.resolve(Response.json({ Id: "1", Key: "images/user/image.png" })));
  await put();
  expect(await storage.hasRoom()).toBe(true);
  expect(ask).toHaveBeenCalledTimes(1);

  ask.mockImplementation(() => Promise.resolve(full()));
  await expect(put()).rejects.toMatchObject({ code: "storage_full" });
  ask.mockClear();
  expect(await storage.hasRoom()).toBe(false);
  await expect(storage.requireRoom()).rejects.toMatchObject({ code: "storage_full" });
  expect(ask).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await storage.hasRoom()).toBe(false);
  expect(ask.mock.calls.map(([, init]) => init?.method)).toEqual(["POST", "DELETE"]);

  ask.mockImplementation(() => Promise.resolve(Response.json([])));
  expect(await storage.hasRoom()).toBe(false);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await storage.hasRoom()).toBe(true);
});
