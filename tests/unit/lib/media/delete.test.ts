import { beforeEach, expect, test, vi } from "vitest";
import { purgeDeleted } from "@/lib/media/delete";
import type * as storage from "@/lib/media/storage";

const step = vi.hoisted(() => ({
  list: vi.fn<typeof storage.list>(),
  remove: vi.fn<typeof storage.remove>(),
  rpc: vi.fn<(name: string, parameters: object) => Promise<object>>(),
  endAbandoned: vi.fn<() => Promise<void>>(),
}));
vi.mock("@/lib/media/storage", () => ({ list: step.list, remove: step.remove }));
vi.mock("@/lib/media/uploads/signed-uploads", () => ({ endAbandonedUploads: step.endAbandoned }));
vi.mock("@/lib/supabase/admin-client", () => ({ adminClient: () => ({ rpc: step.rpc }) }));

const claim = (prefixes: string[]) =>
  step.rpc.mockImplementation(async (name) => ({
    data: name === "claim_storage_removals" ? prefixes : null,
    error: null,
  }));
const finished = () => step.rpc.mock.calls.filter(([name]) => name === "finish_storage_removals");

beforeEach(() => {
  step.rpc.mockReset();
  step.remove.mockReset().mockResolvedValue();
  step.list
    .mockReset()
    .mockImplementation(async (folder) =>
      ["0.png", "0.thumb.webp", "1.png", "10.png"].map((name) => `${folder}/${name}`),
    );
});

test("of a folder, exactly the files of the claimed removals are removed", async () => {
  claim(["user/a/0.", "user/a/1."]);
  expect(await purgeDeleted()).toBe(2);
  expect(step.remove).toHaveBeenCalledExactlyOnceWith(["user/a/0.png", "user/a/0.thumb.webp", "user/a/1.png"]);
  expect(finished()).toEqual([["finish_storage_removals", { p_prefixes: ["user/a/0.", "user/a/1."] }]]);
  expect(step.endAbandoned).toHaveBeenCalledOnce();
});

test("a removal that storage fails is not finished, so that a later purge repeats it, and delays no other", async () => {
  claim(["user/a/0.", "user/b/", "user/c/1."]);
  step.remove.mockResolvedValueOnce().mockRejectedValueOnce(new Error("Storage is away."));
  await expect(purgeDeleted()).rejects.toThrow("Storage is away.");
  expect(step.remove.mock.calls.map(([paths]) => paths.length)).toEqual([2, 4, 1]);
  expect(finished()).toEqual([["finish_storage_removals", { p_prefixes: ["user/a/0.", "user/c/1."] }]]);
  expect(step.endAbandoned).toHaveBeenCalled();
});

test("eight folders are worked on at a time", async () => {
  claim(Array.from({ length: 20 }, (_, folder) => `user/${folder}/`));
  let running = 0;
  let most = 0;
  step.list.mockImplementation(async () => {
    most = Math.max(most, ++running);
    await Promise.resolve();
    running -= 1;
    return [];
  });
  expect(await purgeDeleted()).toBe(20);
  expect(most).toBe(8);
});
