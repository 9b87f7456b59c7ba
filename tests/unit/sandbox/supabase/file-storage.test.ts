import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createFileStorage } from "../../../../sandbox/supabase/file-storage";
import { storageRequest } from "../../../../sandbox/supabase/storage-compat";

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

test("a request may ask for a part of a file", async () => {
  const files = createFileStorage(newFolder());
  await files.uploadObject("images", "0.mp4", undefined, bytes("0123456789"), "video/mp4", "no-cache");
  const readPart = (range: string) =>
    storageRequest.run(new Request("http://127.0.0.1:1/", { headers: { range } }), async () => {
      const { metadata } = await files.getObject("images", "0.mp4", undefined);
      return [await read(files, "0.mp4"), metadata.contentLength, metadata.contentRange];
    });
  expect(await readPart("bytes=2-4")).toEqual(["234", 3, "bytes 2-4/10"]);
  expect(await readPart("bytes=7-")).toEqual(["789", 3, "bytes 7-9/10"]);
  expect(await readPart("bytes=7-99")).toEqual(["789", 3, "bytes 7-9/10"]);
  expect(await readPart("bytes=-4")).toEqual(["6789", 4, "bytes 6-9/10"]);
  expect(await readPart("bytes=-99")).toEqual(["0123456789", 10, "bytes 0-9/10"]);
  expect(await readPart("bytes=10-")).toEqual(["", 0, "bytes */10"]);
  expect(await readPart("bytes=-0")).toEqual(["", 0, "bytes */10"]);
  for (const whole of ["bytes=0-1,4-5", "bytes=4-2", "lines=1-2", "bytes=-"]) {
    expect(await readPart(whole)).toEqual(["0123456789", 10, undefined]);
  }
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
