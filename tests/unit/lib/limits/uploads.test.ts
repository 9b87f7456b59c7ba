import { expect, test, vi } from "vitest";
import { withUploadSlot } from "@/lib/limits/limits";

test("of one person's uploads four are taken in at one time, the others unread until then, and nobody else's wait", async () => {
  const reading: (() => void)[] = [];
  const read = () => new Promise<string>((resolve) => reading.push(() => resolve("kept")));
  const all = Promise.all(Array.from({ length: 10 }, () => withUploadSlot("busy", read)));
  await vi.waitFor(() => expect(reading).toHaveLength(4));
  expect(await withUploadSlot("calm", () => Promise.resolve("another person's"))).toBe("another person's");
  expect(reading).toHaveLength(4);

  reading[0]?.();
  await vi.waitFor(() => expect(reading).toHaveLength(5));
  for (let done = 1; done < 10; done += 1) {
    await vi.waitFor(() => expect(reading.length).toBeGreaterThan(done));
    reading[done]?.();
  }
  expect(await all).toEqual(Array(10).fill("kept"));
});

test("one that breaks off makes room as well", async () => {
  for (let sent = 0; sent < 6; sent += 1) {
    await expect(withUploadSlot("unlucky", () => Promise.reject(new Error("cut")))).rejects.toThrow("cut");
  }
});
