import sharp from "sharp";
import { beforeEach, expect, test, vi } from "vitest";
import { savePoster } from "@/lib/media/renditions/poster";
import type * as storage from "@/lib/media/storage";
import { IMAGES, noise, undecodablePng } from "@/tests/support/images";
import { createSvg } from "@/tests/support/media-files";
import { imageRow } from "../../predictions/row";

const step = vi.hoisted(() => ({
  put: vi.fn<typeof storage.put>(),
  update: vi.fn<(columns: object) => object>(),
}));
vi.mock("@/lib/media/storage", () => ({ put: step.put }));
vi.mock("@/lib/supabase/admin-client", () => ({ adminClient: () => ({ from: () => ({ update: step.update }) }) }));

const video = imageRow({ kind: "video", content_type: "video/mp4", storage_path: "user/prediction/1.mp4" });

beforeEach(() => {
  step.put.mockReset();
  step.update.mockReset().mockImplementation((columns) => {
    const query = {
      eq: () => query,
      select: () => query,
      maybeSingle: async () => ({ data: { ...video, ...columns }, error: null }),
    };
    return query;
  });
});

const readsFrame = (bytes: Uint8Array) =>
  vi.fn<() => Promise<Uint8Array<ArrayBuffer>>>(async () => new Uint8Array(bytes));

test("a frame becomes the poster and the thumbnail of its video, both made anew", async () => {
  const frame = await noise(1800, 900)
    .withExif({ IFD0: { ImageDescription: "<script>" } })
    .jpeg()
    .toBuffer();
  const paths = { poster_path: "user/prediction/1.poster.jpg", thumb_path: "user/prediction/1.thumb.webp" };
  expect(await savePoster(video, readsFrame(frame))).toMatchObject(paths);
  const stored = await Promise.all(
    step.put.mock.calls.map(async ([path, content, type]) => {
      const { format, width, height, exif } = await sharp(content as Uint8Array).metadata();
      return [path, type, format, width, height, exif];
    }),
  );
  expect(stored).toEqual([
    [paths.poster_path, "image/jpeg", "jpeg", 1200, 600, undefined],
    [paths.thumb_path, "image/webp", "webp", 480, 240, undefined],
  ]);
  const placeholder = expect.stringMatching(/^#[0-9a-f]{6}$/);
  expect(step.update).toHaveBeenCalledExactlyOnceWith({ ...paths, placeholder });
});

test("the first poster stays, and a second one is not even read", async () => {
  const readFrame = readsFrame(new Uint8Array());
  const row = { ...video, poster_path: "user/prediction/1.poster.jpg" };
  expect(await savePoster(row, readFrame)).toBe(row);
  expect([readFrame.mock.calls, step.put.mock.calls, step.update.mock.calls]).toEqual([[], [], []]);
});

test.each(["image", "audio", "model3d", "file"] as const)("a file of the kind %s has no poster", async (kind) => {
  await expect(savePoster({ ...video, kind }, readsFrame(new Uint8Array()))).rejects.toMatchObject({
    code: "invalid_input",
  });
});

test("what cannot be decoded is no poster", async () => {
  const png = await IMAGES["plain PNG"].make().toBuffer();
  for (const frame of [createSvg(), Buffer.from("not an image at all"), await undecodablePng()]) {
    await expect(savePoster(video, readsFrame(frame))).rejects.toMatchObject({ code: "unsupported_media_type" });
  }
  await expect(savePoster(video, readsFrame(png.subarray(0, 500)))).rejects.toMatchObject({ code: "invalid_body" });
  expect([step.put.mock.calls, step.update.mock.calls]).toEqual([[], []]);
});

test("a video that was deleted meanwhile has no poster", async () => {
  const query = { eq: () => query, select: () => query, maybeSingle: async () => ({ data: null, error: null }) };
  step.update.mockReturnValueOnce(query);
  expect(await savePoster(video, readsFrame(await IMAGES["plain PNG"].make().toBuffer()))).toBeNull();
});
