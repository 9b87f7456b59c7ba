import { beforeEach, describe, expect, test, vi } from "vitest";
import { AppError } from "@/lib/errors";
import type * as storage from "@/lib/media/storage";
import { startSignedUpload } from "@/lib/media/uploads/signed-uploads";
import { stubSettings } from "../../stub-settings";

const step = vi.hoisted(() => ({
  sign: vi.fn<typeof storage.signUpload>(),
  rpc: vi.fn<(name: string, parameters: object) => Promise<object>>(),
}));
vi.mock("@/lib/media/storage", () => ({ signUpload: step.sign }));
vi.mock("@/lib/supabase/admin-client", () => ({ adminClient: () => ({ rpc: step.rpc }) }));

const OWNER = "0195f2a8-0000-7000-8000-0000000000aa";

beforeEach(() => {
  step.rpc.mockReset();
  step.sign.mockReset().mockImplementation(async (to) => `https://x.supabase.co/${to}?token=t`);
  stubSettings({ MAX_FILE_MB: "2" });
});

describe("the start of a signed upload", () => {
  const start = (bytes = 5) => startSignedUpload(OWNER, { name: "a/clip.mp4", bytes });

  test("reserves the announced bytes, at a path that nobody can guess", async () => {
    step.rpc.mockResolvedValue({ data: "created", error: null });
    const { id, upload_url } = await start();
    expect(step.rpc).toHaveBeenCalledExactlyOnceWith("start_pending_upload", {
      p_user: OWNER,
      p_pending: {
        id,
        name: "clip.mp4",
        bytes: 5,
        storage_path: expect.stringMatching(/\/incoming\/[\w-]{36}\.part$/),
      },
      p_limits: { count: 100, open: 10, storage_per_user: 5e9, storage_total: null },
    });
    expect(upload_url).not.toContain(id);
  });

  test.each([
    ["open_limit", "in_flight_limit", /10 files already/],
    ["rate_limit", "rate_limited", /too many large files/],
    ["upload_limit", "quota_exceeded", /You have 100 uploads/],
    ["storage_limit", "storage_limit", /Your storage is full/],
  ])("is refused as %s", async (outcome, code, message) => {
    step.rpc.mockResolvedValue({ data: outcome, error: null });
    await expect(start()).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test("is refused above the largest size, before anything is asked", async () => {
    await expect(start(2_000_001)).rejects.toMatchObject({
      code: "payload_too_large",
      message: expect.stringMatching(/2 MB/),
    });
    expect(step.rpc).not.toHaveBeenCalled();
  });

  test("leaves no row if storage is unavailable", async () => {
    step.sign.mockRejectedValue(new AppError("db_unavailable", "Later."));
    await expect(start()).rejects.toMatchObject({ code: "db_unavailable" });
    expect(step.rpc).not.toHaveBeenCalled();
  });
});
