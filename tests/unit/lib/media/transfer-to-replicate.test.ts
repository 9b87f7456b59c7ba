import { beforeEach, expect, test, vi } from "vitest";
import type * as storage from "@/lib/media/storage";
import type { uploadFile } from "@/lib/replicate/client";
import { transferToReplicate } from "@/lib/media/transfer-to-replicate";

const step = vi.hoisted(() => ({ get: vi.fn<typeof storage.get>(), upload: vi.fn<typeof uploadFile>() }));
vi.mock("@/lib/media/storage", () => ({ get: step.get }));
vi.mock("@/lib/replicate/client", () => ({ uploadFile: step.upload }));

const content = (bytes: number) => new Blob([new Uint8Array(bytes).fill(7)]);
const file = (bytes: number, storage_path: string) => ({ storage_path, content_type: "video/mp4", bytes });
const url = "https://api.replicate.com/v1/files/a";

beforeEach(() => {
  step.get.mockReset();
  step.upload.mockReset().mockResolvedValue(url);
});

test("a small file is sent as a data URI", async () => {
  step.get.mockResolvedValue(content(256_000).stream());
  const uri = (await transferToReplicate(file(256_000, "me/uploads/a.mp4"))) ?? "";
  expect(uri.slice(0, 22)).toBe("data:video/mp4;base64,");
  expect(Buffer.from(uri.slice(22), "base64").equals(Buffer.from(await content(256_000).bytes()))).toBe(true);
  expect(step.upload).not.toHaveBeenCalled();
});

test("a larger file is copied to Replicate once, under its name and with its type", async () => {
  step.get.mockImplementation(async () => content(256_001).stream());
  const large = file(256_001, "me/uploads/b.mp4");
  expect(await Promise.all([transferToReplicate(large), transferToReplicate(large)])).toEqual([url, url]);
  expect(await transferToReplicate(large)).toBe(url);
  expect(step.upload).toHaveBeenCalledOnce();
  const [blob, name] = step.upload.mock.lastCall ?? [];
  expect([blob?.size, blob?.type, name]).toEqual([256_001, "video/mp4", "b.mp4"]);
});

test("a file that is not in storage has no URL, and one that Replicate refuses is tried again later", async () => {
  step.get.mockResolvedValue(null);
  expect(await transferToReplicate(file(9, "gone.mp4"))).toBeNull();
  expect(await transferToReplicate(file(900_000, "gone.mp4"))).toBeNull();
  step.get.mockImplementation(async () => content(900_000).stream());
  step.upload.mockRejectedValueOnce(new Error("Later."));
  await expect(transferToReplicate(file(900_000, "c.mp4"))).rejects.toThrow("Later.");
  expect(await transferToReplicate(file(900_000, "c.mp4"))).toBe(url);
});
