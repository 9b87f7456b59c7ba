import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createFileStorage } from "../../../../sandbox/supabase/file-storage";

const newFolder = () => mkdtempSync(join(tmpdir(), "darkroom-files-"));
const bytes = (text: string) => new TextEncoder().encode(text);

async function read(files: ReturnType<typeof createFileStorage>, name: string) {
  const { body } = await files.getObject("images", name, undefined);
  return body ? new Response(body as BodyInit).text() : null;
}

test("a stored file can be read, copied and deleted", async () => {
  const files = createFileStorage(newFolder());
  const stored = await files.uploadObject("images", "a/0.png", undefined, bytes("image"), "image/png", "no-cache");
  expect(stored).toMatchObject({ size: 5, mimetype: "image/png" });
  await files.copyObject("images", "a/0.png", undefined, "images", "b/0.png", undefined);
  await files.deleteObject("images", "a/0.png", undefined);
  expect([await read(files, "a/0.png"), await read(files, "b/0.png")]).toEqual([null, "image"]);
});

test("an incomplete upload leaves the earlier file and no partial file", async () => {
  const folder = newFolder();
  const files = createFileStorage(folder);
  await files.uploadObject("images", "0.png", undefined, bytes("whole"), "image/png", "no-cache");
  const broken = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(bytes("ha")),
    pull: (controller) => controller.error(new Error("connection lost")),
  });
  await expect(files.uploadObject("images", "0.png", undefined, broken, "image/png", "no-cache")).rejects.toThrow(
    "lost",
  );
  expect(await read(files, "0.png")).toBe("whole");
  expect(readdirSync(join(folder, "images"))).toEqual(["0.png"]);
});

test.each(["../secrets.json", "a/../../secrets.json", "/etc/passwd", ""])("the name %j is refused", async (name) => {
  const files = createFileStorage(newFolder());
  await expect(files.uploadObject("images", name, undefined, bytes("x"), "image/png", "no-cache")).rejects.toThrow(
    "Invalid object name",
  );
  await expect(files.getObject("images", name, undefined)).rejects.toThrow("Invalid object name");
});
