import { beforeEach, describe, expect, test, vi } from "vitest";
import type * as previews from "@/lib/media/renditions/preview";
import { respondWithMedia } from "@/lib/media/serving/file-response";
import type * as storage from "@/lib/media/storage";
import { imageRow } from "../../predictions/row";

const step = vi.hoisted(() => ({
  get: vi.fn<typeof storage.get>(),
  getPreview: vi.fn<typeof previews.getPreview>(),
  cancel: vi.fn<() => void>(),
}));
vi.mock("@/lib/auth", () => ({}));
vi.mock("@/lib/supabase/user-client", () => ({}));
vi.mock("@/lib/supabase/admin-client", () => ({}));
vi.mock("@/lib/media/renditions/preview", () => ({ getPreview: step.getPreview }));
vi.mock("@/lib/media/storage", () => ({ get: step.get }));

const content = "0123456789";
const video = imageRow({
  kind: "video",
  content_type: "video/mp4",
  storage_path: "u/p/0.mp4",
  bytes: 10,
  sha256: "5".repeat(64),
});
const etag = `"${"5".repeat(32)}"`;

beforeEach(() => {
  step.cancel.mockReset();
  step.getPreview.mockReset().mockResolvedValue(Buffer.from("preview"));
  step.get.mockReset().mockImplementation(async (path, range) => {
    const bytes = path.endsWith("0.mp4") ? content.slice(range?.start ?? 0, (range?.end ?? 99) + 1) : path;
    const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
      controller.enqueue(Buffer.from(bytes));
      controller.close();
    };
    return new ReadableStream<Uint8Array>({ pull, cancel: step.cancel }, { highWaterMark: 0 });
  });
});

function ask(headers: Record<string, string> = {}, { row = video, query = "", method = "GET", isShared = false } = {}) {
  return respondWithMedia(
    new Request(`http://localhost/api/media/${row.id}${query}`, { method, headers }),
    row,
    isShared,
  );
}

/** Returns the status, the header Content-Range and the body of a response. */
async function readPart(response: Response) {
  return [response.status, response.headers.get("content-range"), await response.text()];
}

describe("the original of a file", () => {
  test("is sent as a whole, and says that it can be sent in parts", async () => {
    const response = await ask();
    expect(response.headers.get("accept-ranges")).toBe("bytes");
    expect(response.headers.get("etag")).toBe(etag);
    expect(await readPart(response)).toEqual([200, null, content]);
  });

  test.each([
    ["bytes=2-4", "bytes 2-4/10", "234"],
    ["bytes=7-", "bytes 7-9/10", "789"],
    ["bytes=-2", "bytes 8-9/10", "89"],
    ["bytes=0-99", "bytes 0-9/10", content],
  ])("is sent in a part, for %s", async (range, contentRange, body) => {
    expect(await readPart(await ask({ range }))).toEqual([206, contentRange, body]);
  });

  test("is not read for a part behind its end", async () => {
    expect(await readPart(await ask({ range: "bytes=10-" }))).toEqual([416, "bytes */10", ""]);
    expect(step.get).not.toHaveBeenCalled();
  });

  test("is sent in a part only if the client's other parts are of the same version", async () => {
    const range = "bytes=2-4";
    expect((await ask({ range, "if-range": etag })).status).toBe(206);
    expect((await ask({ range, "if-range": '"other"' })).status).toBe(200);
    expect((await ask({ range, "if-range": "Wed, 21 Oct 2026 07:28:00 GMT" })).status).toBe(200);
  });

  test("is not sent to a client that has it, and no part of it is compressed on the way", async () => {
    expect((await ask({ "if-none-match": etag, range: "bytes=2-4" })).status).toBe(304);
    const part = await ask({ range: "bytes=2-4" }, { isShared: true });
    expect(part.headers.get("cache-control")).toBe("public, no-cache, no-transform");
  });

  test("has the same headers without its content, for HEAD, and nothing of it stays open", async () => {
    const response = await ask({ range: "bytes=2-4" }, { method: "HEAD" });
    expect(await readPart(response)).toEqual([200, null, ""]);
    expect(step.cancel).toHaveBeenCalledOnce();
  });

  test("that storage has lost is not found", async () => {
    step.get.mockResolvedValue(null);
    await expect(ask()).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("the type of a file", () => {
  const closed = "default-src 'none'; sandbox; style-src 'unsafe-inline'";
  const player = "default-src 'none'; sandbox allow-same-origin; style-src 'unsafe-inline'; media-src 'self'";

  test.each([
    ["image/png", closed],
    ["image/avif", closed],
    ["video/mp4", player],
    ["video/webm", player],
    ["audio/mpeg", player],
    ["audio/wav", player],
  ])("%s is shown, and runs no scripts", async (type, policy) => {
    const { headers } = await ask({}, { row: { ...video, content_type: type } });
    expect([headers.get("content-type"), headers.get("content-disposition")]).toEqual([
      type,
      `inline; filename="${video.id}.mp4"`,
    ]);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toBe(policy);
  });

  test.each([
    ["image/svg+xml", "image/svg+xml"],
    ["model/gltf-binary", "model/gltf-binary"],
    ["model/gltf+json", "model/gltf+json"],
    ["application/zip", "application/zip"],
    ["application/pdf", "application/pdf"],
    ["application/octet-stream", "application/octet-stream"],
    ["text/html", "application/octet-stream"],
    ["application/javascript", "application/octet-stream"],
  ])("%s is only downloaded", async (type, served) => {
    for (const isShared of [false, true]) {
      const { headers } = await ask({}, { row: { ...video, content_type: type }, isShared });
      expect(headers.get("content-type")).toBe(served);
      expect(headers.get("content-disposition")).toMatch(/^attachment;/);
      expect(headers.get("content-security-policy")).toBe(closed);
    }
  });
});

describe("a smaller image", () => {
  const read = async (query: string, row = video) => {
    const response = await ask({}, { row, query });
    return [response.headers.get("content-type"), await response.text()];
  };
  const withPoster = { ...video, poster_path: "u/p/0.poster.jpg", thumb_path: "u/p/0.thumb.webp" };

  test("of a video is made of its poster", async () => {
    expect(await read("?size=poster", withPoster)).toEqual(["image/jpeg", "u/p/0.poster.jpg"]);
    expect(await read("?size=preview", withPoster)).toEqual(["image/jpeg", "u/p/0.poster.jpg"]);
    expect(await read("?size=thumb", withPoster)).toEqual(["image/webp", "u/p/0.thumb.webp"]);
  });

  test("of a video without a poster is not found: the video is no image", async () => {
    for (const size of ["poster", "preview", "thumb"]) {
      await expect(read(`?size=${size}`)).rejects.toMatchObject({ code: "not_found" });
    }
  });

  test("of an image that is not decoded is the image itself", async () => {
    const avif = { ...video, content_type: "image/avif", storage_path: "u/p/0.avif" };
    for (const size of ["preview", "thumb"])
      expect(await read(`?size=${size}`, avif)).toEqual(["image/avif", "u/p/0.avif"]);
    const large = { ...avif, content_type: "image/png", width: 10_000, height: 6000 };
    expect(await read("?size=preview", large)).toEqual(["image/png", "u/p/0.avif"]);
    expect(step.getPreview).not.toHaveBeenCalled();
  });

  test("is sent as a whole", async () => {
    const response = await ask({ range: "bytes=0-1" }, { row: withPoster, query: "?size=thumb" });
    expect([response.status, response.headers.get("accept-ranges")]).toEqual([200, null]);
  });
});
