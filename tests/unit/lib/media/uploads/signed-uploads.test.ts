import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { AppError } from "@/lib/errors";
import type * as storage from "@/lib/media/storage";
import type { UploadRow } from "@/lib/media/schema";
import type { saveUpload } from "@/lib/media/uploads/save-upload";
import * as signed from "@/lib/media/uploads/signed-uploads";

const step = vi.hoisted(() => ({
  put: vi.fn<typeof storage.put>(),
  get: vi.fn<typeof storage.get>(),
  save: vi.fn<typeof saveUpload>(),
  rpc: vi.fn<(name: string, parameters: object) => Promise<object>>(),
  find: vi.fn<(filters: string[]) => unknown>(),
}));
vi.mock("@/lib/media/storage", () => ({ put: step.put, get: step.get }));
vi.mock("@/lib/media/uploads/save-upload", async (original) => ({
  ...(await original<object>()),
  saveUpload: step.save,
}));
vi.mock("@/lib/supabase/admin-client", () => {
  const query = (filters: string[]): object => ({
    select: () => query(filters),
    eq: (name: string, value: string) => query([...filters, `${name}=${value}`]),
    maybeSingle: async () => ({ data: step.find(filters), error: null }),
  });
  return { adminClient: () => ({ rpc: step.rpc, from: () => query([]) }) };
});

const [OWNER, ID] = ["0195f2a8-0000-7000-8000-0000000000aa", "0195f2a8-0000-7000-8000-000000000001"];
const path = `${OWNER}/incoming/x.part`;
const pending = {
  id: ID,
  user_id: OWNER,
  storage_path: path,
  name: "clip.mp4",
  bytes: 5,
  ended_at: null,
  upload: null,
};
const upload = {
  id: "0195f2a8-0000-7000-8000-000000000002",
  user_id: OWNER,
  storage_path: "p",
  thumb_path: null,
  metadata: null,
  name: "clip.mp4",
  content_type: "video/mp4",
  width: 9,
  height: 9,
  duration_ms: 9,
  bytes: 5,
  sha256: "0".repeat(64),
  stored_at: "2026-11-21T10:00:00Z",
  used_at: "2026-11-21T10:00:00.000Z",
  created_at: "2026-11-21T10:00:00.000Z",
} satisfies UploadRow;
const PLACEHOLDER = [path, new Uint8Array(1), "application/octet-stream"];
const ended = () => step.rpc.mock.calls.filter(([name]) => name === "end_pending_upload").map(([, given]) => given);
const arrived = (text: string) => step.get.mockImplementation(async () => new Blob([text]).stream());

beforeEach(() => {
  for (const mock of Object.values(step)) mock.mockReset();
  step.rpc.mockResolvedValue({ data: null, error: null });
  step.find.mockReturnValue(pending);
  step.save.mockResolvedValue(upload);
});

describe("a confirmed upload", () => {
  const confirm = () => signed.confirmSignedUpload(OWNER, ID);

  test("is saved with its hash and its name, and its signed URL is blocked", async () => {
    arrived("video");
    expect(await confirm()).toBe(upload);
    expect(step.save).toHaveBeenCalledExactlyOnceWith(OWNER, {
      blob: expect.any(Blob),
      sha256: createHash("sha256").update("video").digest("hex"),
      crc32: crc32("video"),
      remove: expect.any(Function),
      name: "clip.mp4",
      pendingId: ID,
    });
    expect(step.put.mock.calls).toEqual([PLACEHOLDER]);
    expect(ended()).toEqual([{ p_user: OWNER, p_id: ID }]);
    expect(step.find).toHaveBeenCalledWith([`id=${ID}`, `user_id=${OWNER}`]);
  });

  test("is saved once, however often and parallel it is confirmed", async () => {
    arrived("video");
    const all = await Promise.all(Array.from({ length: 8 }, confirm));
    expect(new Set(all)).toEqual(new Set([upload]));
    expect(step.save).toHaveBeenCalledOnce();
    step.find.mockReturnValue({ ...pending, ended_at: "now", upload: { ...upload, purge_at: null } });
    expect(await confirm()).toMatchObject({ id: upload.id });
    expect(step.get).toHaveBeenCalledOnce();
  });

  test.each(["vid", "video and more"])("of another size than announced is refused and removed: %j", async (content) => {
    arrived(content);
    await expect(confirm()).rejects.toMatchObject({
      code: "invalid_body",
      message: expect.stringMatching(/announced size/),
    });
    expect(step.save).not.toHaveBeenCalled();
    expect(step.put.mock.calls).toEqual([PLACEHOLDER]);
    expect(ended()).toHaveLength(1);
  });

  test("that another server has just finished is that server's, although only the placeholder is left", async () => {
    arrived("\0");
    const other = { ...pending, ended_at: "now", upload: { ...upload, purge_at: null } };
    step.find.mockReturnValueOnce(pending).mockReturnValue(other);
    expect(await confirm()).toMatchObject({ id: upload.id });
  });

  test("whose file has not arrived can be confirmed later", async () => {
    step.get.mockResolvedValueOnce(null);
    await expect(confirm()).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringMatching(/has not arrived/),
    });
    expect(step.put).not.toHaveBeenCalled();
    arrived("video");
    expect(await confirm()).toBe(upload);
  });

  test("whose file is refused is removed, but not in an outage", async () => {
    arrived("video");
    step.save.mockRejectedValueOnce(new AppError("db_unavailable", "Later."));
    await expect(confirm()).rejects.toMatchObject({ code: "db_unavailable" });
    expect(step.put).not.toHaveBeenCalled();
    step.save.mockRejectedValueOnce(new AppError("unsupported_media_type", "No."));
    await expect(confirm()).rejects.toMatchObject({ code: "unsupported_media_type" });
    expect(step.put.mock.calls).toEqual([PLACEHOLDER]);
  });

  test("stays saved if its signed URL cannot be blocked", async () => {
    arrived("video");
    vi.spyOn(process.stdout, "write").mockReturnValue(true);
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
    step.put.mockRejectedValue(new Error("Storage is away."));
    expect(await confirm()).toBe(upload);
  });

  test("whose making was interrupted is made again", async () => {
    arrived("video");
    step.find.mockReturnValue({ ...pending, ended_at: "now", upload: { ...upload, stored_at: null, purge_at: null } });
    expect(await confirm()).toBe(upload);
    expect(step.save).toHaveBeenCalledOnce();
  });

  test.each([
    ["is unknown, or another user's", null],
    ["was canceled", { ...pending, ended_at: "now" }],
    ["was deleted", { ...pending, ended_at: "now", upload: { ...upload, purge_at: "soon" } }],
  ])("that %s is not found", async (_, found) => {
    step.find.mockReturnValue(found);
    await expect(confirm()).rejects.toMatchObject({ code: "not_found" });
    expect(step.get).not.toHaveBeenCalled();
  });
});

test("a canceled upload is blocked before its bytes are free again, and canceling twice is harmless", async () => {
  const steps: string[] = [];
  step.put.mockImplementation(async () => void steps.push("block"));
  step.rpc.mockImplementation(async (name) => {
    steps.push(name);
    return { data: null, error: null };
  });
  await signed.cancelSignedUpload(OWNER, ID);
  expect(steps).toEqual(["block", "end_pending_upload"]);
  step.find.mockReturnValue({ ...pending, ended_at: "now" });
  await signed.cancelSignedUpload(OWNER, ID);
  expect(steps).toHaveLength(2);
  step.find.mockReturnValue(null);
  await expect(signed.cancelSignedUpload(OWNER, ID)).rejects.toMatchObject({ code: "not_found" });
});

test("abandoned uploads are ended", async () => {
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  step.rpc.mockImplementation(async (name) => ({
    data: name === "list_abandoned_uploads" ? [pending] : null,
    error: null,
  }));
  await signed.endAbandonedUploads();
  expect(step.put.mock.calls).toEqual([PLACEHOLDER]);
  expect(ended()).toEqual([{ p_user: OWNER, p_id: ID }]);
});
