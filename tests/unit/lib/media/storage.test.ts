import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as storage from "@/lib/media/storage";
import { processState } from "@/lib/process-globals";
import { stubSettings } from "../stub-settings";

const ask = vi.fn<typeof fetch>();
const signalOf = () => ask.mock.lastCall?.[1]?.signal;

beforeEach(() => {
  vi.useFakeTimers();
  stubSettings();
  vi.stubGlobal("fetch", ask);
  // The real `AbortSignal.timeout` ignores the fake clock.
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

test("a part of a file is read by its first and last byte, and the next file as a whole", async () => {
  ask.mockImplementation(async () => new Response("part", { status: 206 }));
  await storage.get("user/video.mp4", { start: 100, end: 199 });
  const ranges = () => new Headers(ask.mock.lastCall?.[1]?.headers).get("range");
  expect(ranges()).toBe("bytes=100-199");
  await storage.get("user/video.mp4");
  expect(ranges()).toBeNull();
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

test("a folder with more files than one page is listed completely, without its folders", async () => {
  const files = Array.from({ length: 1003 }, (_, index) => ({ name: `${index}.png`, id: String(index) }));
  const names = [{ name: "folder", id: null }, ...files];
  ask.mockImplementation(async (_, init) => {
    const { limit, offset } = JSON.parse(String(init?.body)) as { limit: number; offset: number };
    return Response.json(names.slice(offset, offset + limit));
  });
  expect(await storage.list("user/prediction")).toEqual(files.map(({ name }) => `user/prediction/${name}`));
});

test("an upload is given a second more for each half megabyte, and is not kept in memory for a redirect", async () => {
  ask.mockImplementation(async () => Response.json({ Id: "1", Key: "images/user/image.png" }));
  await storage.put("user/image.png", new Uint8Array(5_000_000), "image/png");
  expect(ask.mock.lastCall?.[1]).toMatchObject({ redirect: "error", window: null });
  await vi.advanceTimersByTimeAsync(39_000);
  expect(signalOf()?.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(signalOf()?.aborted).toBe(true);
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

describe("the bucket's limit for a file", () => {
  const MB = 1024 * 1024;

  /** Calls `requireBucket` for a bucket with this limit. Storage responds to changes with `changed`. Returns the sent changes. */
  async function requireBucket(limit: number | string | null, changed = Response.json({ message: "ok" })) {
    const sent: unknown[] = [];
    ask.mockImplementation(async (_, init) => {
      if (init?.method !== "PUT") return Response.json({ id: "images", file_size_limit: limit });
      sent.push(JSON.parse(String(init.body)));
      return changed.clone();
    });
    await storage.requireBucket();
    return sent;
  }

  test("is raised to the setting, and never lowered", async () => {
    expect(await requireBucket(25 * MB)).toMatchObject([{ public: false, file_size_limit: 50 * MB }]);
    expect(await requireBucket(String(25 * MB))).toHaveLength(1);
    for (const limit of [50 * MB, String(50 * MB), 500 * MB, null]) expect(await requireBucket(limit)).toEqual([]);
  });

  test("stays if the project refuses a higher one, which is logged once", async () => {
    const logged = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const refused = Response.json({ statusCode: "413", message: "exceeded the maximum" }, { status: 400 });
    expect(await requireBucket(25 * MB, refused)).toHaveLength(1);
    expect(await requireBucket(25 * MB, refused)).toHaveLength(0);
    expect(logged.mock.calls.filter(([line]) => String(line).includes("bucket_limit_refused"))).toHaveLength(1);
    processState.storage.isLimitRefused = false;
  });

  test("is tried again after an outage", async () => {
    const outage = Response.json({ message: "unavailable" }, { status: 503 });
    for (let time = 0; time < 2; time += 1) {
      await expect(requireBucket(25 * MB, outage)).rejects.toMatchObject({ code: "db_unavailable" });
    }
    expect(await requireBucket(25 * MB)).toHaveLength(1);
  });
});
