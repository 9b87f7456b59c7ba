import { expect, test } from "vitest";
import { describeUnchangedFile } from "@/lib/media/uploads/describe-unchanged-file";
import { IMAGES } from "@/tests/support/images";

const png = new Uint8Array(await IMAGES["plain PNG"].make().toBuffer());
const text = (words: string) => new TextEncoder().encode(words);
const UNKNOWN = "application/octet-stream";

async function typeOf(bytes: Uint8Array<ArrayBuffer>, declared: string, extension: string | null = null) {
  const { facts, contentType } = await describeUnchangedFile(new Blob([bytes]), extension, declared);
  return [facts.content_type, contentType, facts.extension];
}

test.each([
  ["an image, whatever its client says", png, "text/html", ["image/png", "image/png", "png"]],
  ["an incomplete image", png.slice(0, -12), UNKNOWN, ["image/png", "image/png", "png"]],
  ["an image that is not decoded here", text("....ftypheic...."), UNKNOWN, ["image/heic", "image/heic", "heic"]],
  ["a text of any type", text("# fox"), "text/markdown", ["text/plain", "text/markdown", "txt"]],
  ["a text that is no image", text("# fox"), "image/png", ["text/plain", "text/plain", "txt"]],
  ["a text without a type", text("# fox"), UNKNOWN, ["text/plain", "text/plain", "txt"]],
  ["other bytes with a type", text("\0\u0001fox"), "video/x-fox", [UNKNOWN, "video/x-fox", "bin"]],
])("the type of %s", async (_, bytes, declared, expected) => {
  expect(await typeOf(bytes, declared)).toEqual(expected);
});

test("a program does not keep its extension, another file does", async () => {
  expect(await typeOf(text("\0\u0001fox"), UNKNOWN, "exe")).toEqual([UNKNOWN, UNKNOWN, "bin"]);
  expect(await typeOf(text("\0\u0001fox"), UNKNOWN, "tar")).toEqual([UNKNOWN, UNKNOWN, "tar"]);
});

test("an image that can be decoded gets a thumbnail, and an empty file is refused", async () => {
  expect((await describeUnchangedFile(new Blob([png]), null, UNKNOWN)).thumbnail).not.toBeNull();
  expect((await describeUnchangedFile(new Blob([png.slice(0, -12)]), null, UNKNOWN)).thumbnail).toBeNull();
  await expect(describeUnchangedFile(new Blob([]), null, UNKNOWN)).rejects.toMatchObject({ code: "invalid_body" });
});
