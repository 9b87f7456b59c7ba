import { beforeEach, expect, test, vi } from "vitest";
import type * as storage from "@/lib/media/storage";
import { saveUpload } from "@/lib/media/uploads";
import { stubSettings } from "../stub-settings";
import { IMAGES } from "@/tests/support/images";

const step = vi.hoisted(() => ({
  put: vi.fn<typeof storage.put>(),
  rpc: vi.fn<(name: string, parameters: { p_upload?: object }) => Promise<object>>(),
}));
vi.mock("@/lib/media/storage", () => ({ put: step.put }));
vi.mock("@/lib/supabase/admin-client", () => ({ adminClient: () => ({ rpc: step.rpc }) }));

beforeEach(() => {
  step.put.mockReset();
  stubSettings({ STORAGE_GB_PER_USER: "0.5" });
});

test("an image sent many times at once is stored once, and another user's apart", async () => {
  const rows = new Map<string, object>();
  step.rpc.mockImplementation(async (name, { p_upload }) => {
    const row = { ...p_upload, user_id: crypto.randomUUID(), stored_at: null };
    if (name === "start_upload") {
      rows.set("last", row);
      return { data: { outcome: "created", upload: row }, error: null };
    }
    return { data: [{ ...(rows.get("last") ?? row), stored_at: "now" }], error: null };
  });
  const bytes = await IMAGES["plain PNG"].make().toBuffer();
  const saved = await Promise.all(Array.from({ length: 24 }, () => saveUpload("me", new Uint8Array(bytes))));
  expect(new Set(saved.map(({ id }) => id)).size).toBe(1);
  expect(step.put).toHaveBeenCalledOnce();

  await saveUpload("someone else", bytes);
  expect(step.put).toHaveBeenCalledTimes(2);
});

test.each([
  ["upload_limit", "quota_exceeded", /100 images a day/],
  ["storage_limit", "storage_limit", /storage of 0\.5 GB is full\. Delete something in the gallery/],
  ["storage_total_limit", "storage_limit", /all users together is full\. Delete something in the gallery/],
])("an upload refused as %s stores nothing and says what to do", async (outcome, code, message) => {
  step.rpc.mockResolvedValue({ data: { outcome }, error: null });
  const bytes = await IMAGES["plain PNG"].make().toBuffer();
  await expect(saveUpload("me", bytes)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  expect(step.put).not.toHaveBeenCalled();
});
