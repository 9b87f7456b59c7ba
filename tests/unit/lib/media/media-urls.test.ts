import { expect, test } from "vitest";
import { mediaPath, OWN_MEDIA_PATTERN, parseMediaPath, uploadPath } from "@/lib/media/media-urls";

const id = "0195f2a8-0000-7000-8000-00000000000a";

test("the paths of saved files and uploads are parsed to what they name", () => {
  expect(parseMediaPath(mediaPath(id))).toEqual({ kind: "media", id });
  expect(parseMediaPath(uploadPath(id))).toEqual({ kind: "uploads", id });
});

test.each([
  id,
  "/api/media/zip",
  `/api/media/${id}/share`,
  `/api/media/${id}?size=thumb`,
  `https://evil.example/api/media/${id}`,
  `/api/media/${id}\n`,
  null,
  7,
])("%j is not the path of a file", (value) => {
  expect(parseMediaPath(value)).toBeNull();
});

test("an input names an own image by its path or its id", () => {
  const pattern = new RegExp(OWN_MEDIA_PATTERN);
  for (const value of [id, mediaPath(id), uploadPath(id)]) expect(value).toMatch(pattern);
  for (const value of ["/api/media/7", `/api/replicate/${id}`, ` ${id}`]) expect(value).not.toMatch(pattern);
});
