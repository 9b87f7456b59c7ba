import { beforeEach, expect, test, vi } from "vitest";
import type { fetchOutputFile } from "@/lib/media/fetch-output-file";
import { saveFile } from "@/lib/media/save-file";
import type * as storage from "@/lib/media/storage";
import { IMAGES, noise, undecodablePng } from "@/tests/support/images";
import { MEDIA_FILES } from "@/tests/support/media-files";

const step = vi.hoisted(() => ({
  fetchOutputFile: vi.fn<typeof fetchOutputFile>(),
  removeDownload: vi.fn<() => Promise<void>>(),
  put: vi.fn<typeof storage.put>(),
  remove: vi.fn<typeof storage.remove>(),
  rpc: vi.fn<(name: string, parameters: object) => Promise<object>>(),
  update: vi.fn<(columns: object) => object>(),
}));
vi.mock("@/lib/env", () => ({ env: () => ({ REPLICATE_DELIVERY_ORIGINS: [], MAX_FILE_MB: 50 }) }));
vi.mock("@/lib/media/fetch-output-file", () => ({ fetchOutputFile: step.fetchOutputFile }));
vi.mock("@/lib/media/storage", () => ({ put: step.put, remove: step.remove }));
vi.mock("@/lib/supabase/admin-client", () => ({
  adminClient: () => ({ rpc: step.rpc, from: () => ({ update: step.update }) }),
}));

function deliver(bytes: Buffer<ArrayBuffer>) {
  const blob = new Blob([bytes]);
  step.fetchOutputFile.mockResolvedValue({
    blob,
    sha256: "0",
    crc32: 0,
    hasFullLength: true,
    remove: step.removeDownload,
  });
  return blob;
}

const file = { userId: "user", predictionId: "prediction", position: 1, url: "https://x/out-1.png", seed: 7 };

/** The result of an update that changed this many rows. */
const updated = (rows: number) => ({
  eq: () => ({ select: async () => ({ data: Array(rows).fill({}), error: null }) }),
});
const recorded = { data: [{ id: "0195f2a8-0000-7000-8000-000000000001" }], error: null };
const thumbnail = "user/prediction/1.thumb.webp";

beforeEach(async () => {
  step.fetchOutputFile.mockReset();
  step.removeDownload.mockReset().mockResolvedValue();
  deliver(await IMAGES["plain PNG"].make().toBuffer());
  step.put.mockReset();
  step.remove.mockReset();
  step.update.mockReset().mockReturnValue(updated(1));
  // By default, `save_media` returns no row, as it does for a deleted image. So no thumbnail is made.
  step.rpc.mockReset().mockResolvedValue({ data: [], error: null });
});

test("a file is recorded only after storage has it", async () => {
  let store = () => {};
  step.put.mockReturnValueOnce(new Promise((resolve) => (store = resolve)));
  const saved = saveFile(file);
  await vi.waitFor(() => expect(step.put).toHaveBeenCalledOnce());
  expect(step.rpc).not.toHaveBeenCalled();

  store();
  await saved;
  const media = { position: 1, seed: 7, storage_path: "user/prediction/1.png", source_url: file.url };
  expect(step.rpc).toHaveBeenCalledExactlyOnceWith("save_media", {
    p_prediction: "prediction",
    p_media: expect.objectContaining(media),
  });
});

test("a file that storage does not take is not recorded", async () => {
  step.put.mockRejectedValueOnce(new Error("Storage is away."));
  await expect(saveFile(file)).rejects.toThrow("Storage is away.");
  expect(step.rpc).not.toHaveBeenCalled();
});

test("a thumbnail is recorded only after storage has it", async () => {
  let store = () => {};
  step.rpc.mockResolvedValueOnce(recorded);
  step.put.mockResolvedValueOnce().mockReturnValueOnce(new Promise((resolve) => (store = resolve)));
  const saved = saveFile(file);
  await vi.waitFor(() => expect(step.put).toHaveBeenCalledTimes(2));
  expect(step.update).not.toHaveBeenCalled();

  store();
  await saved;
  expect(step.put.mock.lastCall?.[0]).toBe(thumbnail);
  const placeholder = expect.stringMatching(/^#[0-9a-f]{6}$/);
  const columns = { thumb_path: thumbnail, placeholder };
  expect(step.update).toHaveBeenCalledExactlyOnceWith(columns);
  expect(step.remove).not.toHaveBeenCalled();
});

test("a file that cannot be decoded is saved as it is, without a size and a thumbnail", async () => {
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const bytes = deliver(await undecodablePng());
  step.rpc.mockResolvedValueOnce(recorded);
  step.update.mockReturnValueOnce({ eq: async () => ({ data: null, error: null }) });
  expect(await saveFile(file)).toBe(false);
  expect(step.put).toHaveBeenCalledExactlyOnceWith("user/prediction/1.png", bytes, "image/png");
  expect(step.update).toHaveBeenCalledExactlyOnceWith({ width: null, height: null });
});

test("a file without its thumbnail is saved", async () => {
  const log = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  step.rpc.mockResolvedValueOnce(recorded);
  step.put.mockResolvedValueOnce().mockRejectedValueOnce(new Error("Storage is away."));
  await saveFile(file);
  expect(step.update).not.toHaveBeenCalled();
  expect(String(log.mock.lastCall?.[0])).toContain("thumbnail_failed");
});

test("the thumbnail of an image that was deleted meanwhile is removed", async () => {
  step.rpc.mockResolvedValueOnce(recorded);
  step.update.mockReturnValueOnce(updated(0));
  await saveFile(file);
  expect(step.remove).toHaveBeenCalledExactlyOnceWith([thumbnail]);
});

test.each(["MP4", "MP3", "AVIF", "SVG", "GLB", "ZIP"])(
  "a %s is saved with its facts, and without a thumbnail",
  async (name) => {
    const { make, facts } = MEDIA_FILES[name]!;
    const blob = deliver(await make());
    step.rpc.mockResolvedValueOnce(recorded);
    expect(await saveFile({ ...file, url: `https://x/out-1.${facts.extension}` })).toBe(true);
    const { extension, ...columns } = facts;
    const path = `user/prediction/1.${extension}`;
    expect(step.put).toHaveBeenCalledExactlyOnceWith(path, blob, facts.content_type);
    const p_media = expect.objectContaining({ ...columns, storage_path: path, bytes: blob.size, sha256: "0" });
    expect(step.rpc).toHaveBeenCalledExactlyOnceWith("save_media", { p_prediction: "prediction", p_media });
  },
);

test("an image with too many pixels for a thumbnail is saved without one", async () => {
  const image = noise(1, 1).resize(10_001, 5000, { kernel: "nearest" }).png({ palette: true, compressionLevel: 1 });
  deliver(await image.toBuffer());
  step.rpc.mockResolvedValueOnce(recorded);
  expect(await saveFile(file)).toBe(true);
  expect(step.put).toHaveBeenCalledOnce();
  const p_media = expect.objectContaining({ width: 10_001, height: 5000 });
  expect(step.rpc).toHaveBeenCalledExactlyOnceWith("save_media", { p_prediction: "prediction", p_media });
});

test("the downloaded file is removed, whether it was saved or not", async () => {
  await saveFile(file);
  expect(step.removeDownload).toHaveBeenCalledTimes(1);
  step.put.mockRejectedValueOnce(new Error("Storage is away."));
  await expect(saveFile(file)).rejects.toThrow("Storage is away.");
  expect(step.removeDownload).toHaveBeenCalledTimes(2);
});
