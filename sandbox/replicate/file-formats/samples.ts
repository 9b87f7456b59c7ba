import { readFileSync } from "node:fs";
import { join } from "node:path";
import { encodeGlb } from "./glb.ts";
import { encodeMp3 } from "./mp3.ts";
import { encodeWav } from "./wav.ts";
import { encodeZip } from "./zip.ts";

type Sample = { extension: string; type: string; make: (original: Uint8Array) => Uint8Array };

const stored = (name: string) => () => readFileSync(join(import.meta.dirname, "clips", name));
const text = (words: string) => () => Buffer.from(words);

const ERROR_PAGE = `<!doctype html>
<title>502 Bad Gateway</title>
<h1>502 Bad Gateway</h1>
<script>document.title = "ran"</script>
`;

const SCRIPTED_SVG = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="64" height="64" onload="document.title = 'ran'">
<script>document.title = "ran"</script>
<foreignObject width="64" height="64"><body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="document.title = 'ran'"/></body></foreignObject>
<image href="https://example.com/tracker.png" width="1" height="1"/>
<a xlink:href="javascript:document.title = 'ran'"><circle cx="32" cy="32" r="30" fill="teal"/></a>
</svg>
`;

const PDF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
trailer<</Root 1 0 R>>
%%EOF
`;

/** The signature and the header of a PNG of 64 × 64 px. */
const PNG_HEADER = Buffer.from("89504e470d0a1a0a0000000d4948445200000040000000400802000000250be689", "hex");

/** Returns a file that begins like a PNG, but has HTML in place of the pixels. */
function hidePage(original: Uint8Array): Uint8Array {
  const isPng = original[0] === 0x89 && original[1] === 0x50;
  return Buffer.concat([isPng ? original.subarray(0, PNG_HEADER.length) : PNG_HEADER, Buffer.from(ERROR_PAGE)]);
}

/** Files that can replace the files of a run. The last four are dangerous or misleading. */
export const samples: Record<string, Sample> = {
  webm: { extension: "webm", type: "video/webm", make: stored("clip.webm") },
  mov: { extension: "mov", type: "video/quicktime", make: stored("clip.mov") },
  ogg: { extension: "ogg", type: "audio/ogg", make: stored("chord.ogg") },
  flac: { extension: "flac", type: "audio/flac", make: stored("chord.flac") },
  m4a: { extension: "m4a", type: "audio/mp4", make: stored("chord.m4a") },
  mp3: { extension: "mp3", type: "audio/mpeg", make: () => encodeMp3(3) },
  wav: { extension: "wav", type: "audio/wav", make: () => encodeWav(3, 1) },
  gif: { extension: "gif", type: "image/gif", make: stored("clip.gif") },
  avif: { extension: "avif", type: "image/avif", make: stored("picture.avif") },
  glb: { extension: "glb", type: "model/gltf-binary", make: () => encodeGlb([0.2, 0.6, 0.5]) },
  zip: {
    extension: "zip",
    type: "application/zip",
    make: (original) => encodeZip([{ name: "original", bytes: original }]),
  },
  pdf: { extension: "pdf", type: "application/pdf", make: text(PDF) },
  html: { extension: "html", type: "text/html", make: text(ERROR_PAGE) },
  script: { extension: "svg", type: "image/svg+xml", make: text(SCRIPTED_SVG) },
  polyglot: { extension: "png", type: "image/png", make: hidePage },
  unknown: {
    extension: "bin",
    type: "application/octet-stream",
    make: text("DRKM\0\x01 a format that nobody knows\n"),
  },
};
