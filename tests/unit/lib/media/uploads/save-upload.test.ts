import { createHash } from "node:crypto";
import { beforeEach, expect, test, vi } from "vitest";
import type * as storage from "@/lib/media/storage";
import { saveBytes } from "@/lib/media/uploads/save-upload";
import { stubSettings } from "../../stub-settings";
import { IMAGES } from "@/tests/support/images";
import { MEDIA_FILES } from "@/tests/support/media-files";

const step = vi.hoisted(() => ({
  put: vi.fn<typeof storage.put>(),
  rpc: vi.fn<(name: string, parameters: { p_upload?: object; p_thumb_path?: string | null }) => Promise<object>>(),
}));
vi.mock("@/lib/media/storage", () => ({ put: step.put }));
vi.mock("@/lib/supabase/admin-client", () => ({ adminClient: () => ({ rpc: step.rpc }) }));

const png = new Uint8Array(await IMAGES["plain PNG"].make().toBuffer());
const time = "2026-11-21T10:00:00+00:00";

beforeEach(() => {
  step.put.mockReset();
  step.rpc.mockReset();
  stubSettings({ STORAGE_GB_PER_USER: "0.5" });
});

/** Simulates a database that accepts every upload. Returns the rows of the uploads. */
function acceptUploads() {
  const rows: Record<string, unknown>[] = [];
  step.rpc.mockImplementation(async (name, { p_upload, p_thumb_path = null }) => {
    const columns = { user_id: crypto.randomUUID(), used_at: time, created_at: time };
    if (name === "start_upload") {
      rows.push({ ...columns, ...p_upload, thumb_path: null, stored_at: null });
      return { data: { outcome: "created", upload: rows.at(-1) }, error: null };
    }
    return { data: [{ ...rows.at(-1), thumb_path: p_thumb_path, stored_at: time }], error: null };
  });
  return rows;
}

test("an image sent many times at once is stored once with its thumbnail, and another user's apart", async () => {
  acceptUploads();
  const saved = await Promise.all(Array.from({ length: 24 }, () => saveBytes("me", png, "fox.png")));
  expect(new Set(saved.map(({ id }) => id)).size).toBe(1);
  const [{ id, thumb_path } = {}] = saved;
  expect(thumb_path).toBe(`me/uploads/${id}.thumb.webp`);
  expect(step.put.mock.calls.map(([path, , type]) => [path, type])).toEqual([
    [`me/uploads/${id}.png`, "image/png"],
    [thumb_path, "image/webp"],
  ]);

  await saveBytes("someone else", png, "fox.png");
  expect(step.put).toHaveBeenCalledTimes(4);
});

test("the row says what the bytes are, whatever the name says, and no row has the name of another folder", async () => {
  const rows = acceptUploads();
  const video = new Uint8Array(await MEDIA_FILES["MP4"]!.make());
  await saveBytes("me", video, "../../etc/passwd\0\u202egpj.exe");
  expect(rows).toMatchObject([
    { name: "passwdgpj.exe", content_type: "video/mp4", duration_ms: 1000, bytes: video.length },
  ]);
  expect(step.put.mock.calls.map(([path]) => path)).toEqual([expect.stringMatching(/^me\/uploads\/[\w-]{36}\.mp4$/)]);
});

test.each(["MP4", "M4A"])("an %s is stored without its metadata, and has the hash of what is stored", async (name) => {
  const rows = acceptUploads();
  const file = Buffer.from(await MEDIA_FILES[name]!.make());
  expect(file.includes("udta")).toBe(true);
  await saveBytes("me", new Uint8Array(file), "");
  const stored = Buffer.from(await new Response(step.put.mock.calls[0]?.[1] as Blob).bytes());
  expect([stored.length, stored.includes("udta")]).toEqual([file.length, false]);
  expect(rows[0]?.sha256).toBe(createHash("sha256").update(stored).digest("hex"));
});

test("an image is not stored if its small version is not, and the same upload is stored later", async () => {
  acceptUploads();
  step.put.mockResolvedValueOnce().mockRejectedValueOnce(new Error("Storage is away."));
  await expect(saveBytes("me", png, "")).rejects.toThrow("Storage is away.");
  expect(step.rpc.mock.calls.map(([name]) => name)).toEqual(["start_upload"]);
  await saveBytes("me", png, "");
  expect(step.rpc).toHaveBeenLastCalledWith("finish_upload", expect.anything());
});

test.each([
  [
    "upload_limit",
    "quota_exceeded",
    /^You have 100 uploads, which is the limit, .* last 24 hours\. Delete one to make room/,
  ],
  ["storage_limit", "storage_limit", /^Your storage is full\. Delete something in the gallery/],
  ["storage_total_limit", "storage_limit", /all users together is full\. Delete something in the gallery/],
  ["blocked", "blocked", /^This account is blocked/],
  ["gone", "not_found", /Nothing in your account/],
])("an upload refused as %s stores nothing and says what to do", async (outcome, code, message) => {
  step.rpc.mockResolvedValue({ data: { outcome }, error: null });
  await expect(saveBytes("me", png, "")).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  expect(step.put).not.toHaveBeenCalled();
});

test.each([
  ["incomplete", png.slice(0, -12), "invalid_body", "The file is incomplete or damaged."],
  ["empty", new Uint8Array(), "invalid_body", "The file is incomplete or damaged."],
  ["a BMP", new Uint8Array(Buffer.from("BMsize\0\0\0\0 not more")), "unsupported_media_type", /BMP images/],
])("a file that is %s is refused before anything is stored", async (_, bytes, code, message) => {
  await expect(saveBytes("me", bytes, "")).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  expect(step.rpc).not.toHaveBeenCalled();
});

test("a file of a type that is not wanted is refused before anything is stored", async () => {
  const requireType = vi.fn<(type: string) => void>(() => {
    throw new Error("An image is wanted.");
  });
  await expect(saveBytes("me", new TextEncoder().encode("some words"), "a.txt", requireType)).rejects.toThrow("wanted");
  expect(requireType).toHaveBeenCalledExactlyOnceWith("text/plain");
  expect(step.rpc).not.toHaveBeenCalled();
});
