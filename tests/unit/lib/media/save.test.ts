import { beforeEach, expect, test, vi } from "vitest";
import { saveFile } from "@/lib/media/save";
import type * as storage from "@/lib/media/storage";
import { IMAGES } from "@/tests/support/images";

const step = vi.hoisted(() => ({
  put: vi.fn<typeof storage.put>(),
  rpc: vi.fn<(name: string, parameters: object) => Promise<object>>(),
}));
vi.mock("@/lib/env", () => ({ env: () => ({ REPLICATE_DELIVERY_ORIGINS: [] }) }));
vi.mock("@/lib/media/download", () => ({ downloadFile: () => IMAGES["plain PNG"].make().toBuffer() }));
vi.mock("@/lib/media/storage", () => ({ put: step.put }));
vi.mock("@/lib/supabase/admin", () => ({ adminClient: () => ({ rpc: step.rpc }) }));

const file = { userId: "user", predictionId: "prediction", position: 1, url: "https://x/out-1.png", seed: 7 };

beforeEach(() => {
  step.put.mockReset();
  // The image has been deleted, so that no thumbnail is made.
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
