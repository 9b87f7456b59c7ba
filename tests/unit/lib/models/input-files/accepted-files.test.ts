import { expect, test } from "vitest";
import { acceptedKinds, acceptsFile } from "@/lib/models/inputs/accepted-files";
import { withArticle } from "@/lib/media/kinds";
import { nounOfInput } from "@/lib/models/inputs/file-noun";
import type { FileType } from "@/lib/models/inputs/takes-and-makes";

const files = {
  png: { kind: "image", content_type: "image/png" },
  svg: { kind: "image", content_type: "image/svg+xml" },
  mp4: { kind: "video", content_type: "video/mp4" },
  mp3: { kind: "audio", content_type: "audio/mpeg" },
  glb: { kind: "model3d", content_type: "model/gltf-binary" },
  zip: { kind: "file", content_type: "application/zip" },
} as const;
const all = Object.keys(files);

test.each<[FileType | undefined, string[], string]>([
  ["image", ["png"], "an image"],
  ["mask", ["png"], "an image"],
  ["video", ["mp4"], "a video"],
  ["audio", ["mp4", "mp3"], "a sound"],
  ["archive", ["glb", "zip"], "an archive"],
  ["document", all, "a document"],
  ["any", all, "a file"],
  [undefined, all, "a file"],
])("an input for %s takes %j and is called %s", (takes, names, noun) => {
  const taken = Object.entries(files).filter(([, file]) => acceptsFile(takes, file));
  expect(taken.map(([name]) => name)).toEqual(names);
  expect(withArticle(nounOfInput(takes))).toBe(noun);
  for (const [, { kind }] of taken) expect(acceptedKinds(takes)).toContain(kind);
});
