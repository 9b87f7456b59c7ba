import { beforeEach, expect, test, vi } from "vitest";
import { getPreview } from "@/lib/media/renditions/preview";
import type * as storage from "@/lib/media/storage";
import type { makePreview } from "@/lib/media/renditions/thumbnail";

const step = vi.hoisted(() => ({
  get: vi.fn<typeof storage.get>(),
  put: vi.fn<typeof storage.put>(),
  makePreview: vi.fn<typeof makePreview>(),
  markUndecodable: vi.fn<(id: string) => Promise<void>>(),
}));
vi.mock("@/lib/media/storage", () => ({ get: step.get, put: step.put }));
vi.mock("@/lib/media/renditions/thumbnail", () => ({ makePreview: step.makePreview }));
vi.mock("@/lib/media/queries", () => ({ markUndecodable: step.markUndecodable }));

let stored: Map<string, Uint8Array<ArrayBuffer>>;
let file: { id: string; storage_path: string };
let count = 0;
const read = async (body: Awaited<ReturnType<typeof getPreview>>) => body && new Response(body).text();

beforeEach(() => {
  vi.resetAllMocks();
  // The module remembers which files it could not decode, so each test uses another file.
  count += 1;
  file = { id: `id ${count}`, storage_path: `user/prediction/${count}.png` };
  stored = new Map([[file.storage_path, Buffer.from("original")]]);
  step.get.mockImplementation(async (path) => {
    const bytes = stored.get(path);
    return bytes ? new Blob([bytes]).stream() : null;
  });
  step.put.mockImplementation(
    async (path, content) => void stored.set(path, await new Response(new Blob([content as Blob])).bytes()),
  );
  step.makePreview.mockResolvedValue(Buffer.from("preview"));
});

test("forty requests for the first preview decode the image once", async () => {
  const bodies = await Promise.all(Array.from({ length: 40 }, () => getPreview(file)));
  expect(await Promise.all(bodies.map(read))).toEqual(Array(40).fill("preview"));
  expect(step.makePreview).toHaveBeenCalledOnce();
  expect(await read(await getPreview(file))).toBe("preview");
  expect(step.makePreview).toHaveBeenCalledOnce();
});

test("a request that waited for another file's preview finds its own stored meanwhile", async () => {
  let finish = (_preview: Buffer<ArrayBuffer>) => {};
  step.makePreview.mockReturnValueOnce(new Promise((resolve) => (finish = resolve)));
  const other = { id: "other", storage_path: `user/other/${count}.png` };
  stored.set(other.storage_path, Buffer.from("other original"));
  const first = getPreview(other);
  await vi.waitFor(() => expect(step.makePreview).toHaveBeenCalledOnce());

  const second = getPreview(file);
  await vi.waitFor(() => expect(step.get.mock.lastCall).toEqual([`user/prediction/${count}.preview.jpg`]));
  stored.set(`user/prediction/${count}.preview.jpg`, Buffer.from("by another server"));
  finish(Buffer.from("other preview"));
  expect(await read(await first)).toBe("other preview");
  expect(await read(await second)).toBe("by another server");
  expect(step.makePreview).toHaveBeenCalledOnce();
});

test("an image that does not decode is recorded, and not decoded again", async () => {
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  step.makePreview.mockRejectedValue(new Error("not enough pixels"));
  expect(await Promise.all(Array.from({ length: 5 }, () => getPreview(file)))).toEqual(Array(5).fill(null));
  expect(await getPreview(file)).toBeNull();
  expect(step.makePreview).toHaveBeenCalledOnce();
  expect(step.markUndecodable).toHaveBeenCalledExactlyOnceWith(file.id);
});

test("a failure of storage is not remembered", async () => {
  step.put.mockRejectedValueOnce(new Error("Storage is away."));
  await expect(getPreview(file)).rejects.toThrow("Storage is away.");
  expect(await read(await getPreview(file))).toBe("preview");
  stored.delete(file.storage_path);
  stored.delete(`user/prediction/${count}.preview.jpg`);
  await expect(getPreview(file)).rejects.toMatchObject({ code: "not_found" });
});
