import { readFileSync } from "node:fs";
import { avif } from "./images";

type MediaFile = {
  make: () => Promise<Buffer<ArrayBuffer>> | Buffer<ArrayBuffer>;
  /** The facts that `inspectFile` must return for the file. All other facts must be null. */
  facts: { content_type: string; extension: string; width?: number; height?: number; duration_ms?: number };
  /** True if the file does not contain its own length. Such a file seems complete even if its end is missing. */
  isEndless?: true;
};

const read = (name: string) => () => readFileSync(new URL(`../fixtures/media/${name}`, import.meta.url));
const second = { duration_ms: 1000 };
const screen = { width: 96, height: 64 };
const mp4 = { content_type: "video/mp4", extension: "mp4" };
const webm = { content_type: "video/webm", extension: "webm" };
const mp3 = { content_type: "audio/mpeg", extension: "mp3", duration_ms: 1080 };
const wav = { content_type: "audio/wav", extension: "wav", ...second };
const ogg = { content_type: "audio/ogg", extension: "ogg", ...second };

/** One small file of each format that is not in images.ts. The videos and sounds last about a second. */
export const MEDIA_FILES: Record<string, MediaFile> = {
  MP4: { make: read("clip.mp4"), facts: { ...mp4, ...screen, ...second } },
  "MP4 with its description in front": { make: read("faststart.mp4"), facts: { ...mp4, ...screen, ...second } },
  "MP4 in fragments": { make: read("fragmented.mp4"), facts: { ...mp4, ...screen }, isEndless: true },
  "MP4 that is turned": { make: read("rotated.mp4"), facts: { ...mp4, width: 64, height: 96, ...second } },
  MOV: { make: read("clip.mov"), facts: { content_type: "video/quicktime", extension: "mov", ...screen, ...second } },
  WebM: { make: read("clip.webm"), facts: { ...webm, ...screen, duration_ms: 1008 } },
  "WebM from a pipe": { make: read("live.webm"), facts: { ...webm, ...screen }, isEndless: true },
  "WebM of a sound": { make: read("tone.webm"), facts: { ...webm, content_type: "audio/webm", duration_ms: 1008 } },
  M4A: { make: read("tone.m4a"), facts: { content_type: "audio/mp4", extension: "m4a", ...second } },
  MP3: { make: read("tone.mp3"), facts: mp3 },
  "MP3 without a table of contents": { make: read("plain.mp3"), facts: mp3, isEndless: true },
  WAV: { make: () => createWav(8000), facts: wav },
  "WAV from a pipe": { make: () => createWav(0xffffffff), facts: wav, isEndless: true },
  FLAC: { make: read("tone.flac"), facts: { content_type: "audio/flac", extension: "flac", ...second } },
  "Ogg Vorbis": { make: read("vorbis.ogg"), facts: ogg },
  "Ogg Opus": { make: read("opus.ogg"), facts: ogg },
  AVIF: { make: avif, facts: { content_type: "image/avif", extension: "avif", ...screen } },
  SVG: { make: createSvg, facts: { content_type: "image/svg+xml", extension: "svg", ...screen } },
  GLB: { make: createGlb, facts: { content_type: "model/gltf-binary", extension: "glb" } },
  glTF: {
    make: () => Buffer.from('{"asset":{"version":"2.0"},"scenes":[]}'),
    facts: { content_type: "model/gltf+json", extension: "gltf" },
  },
  ZIP: { make: read("archive.zip"), facts: { content_type: "application/zip", extension: "zip" } },
  PDF: {
    make: () => Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"),
    facts: { content_type: "application/pdf", extension: "pdf" },
  },
};

/** Returns an SVG with a script. It also has a comment, a document type and an entity, as drawing programs write them. */
export function createSvg() {
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<!-- A drawing -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
  <!ENTITY author "http://example.com/">
]>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:a="&author;" viewBox="0 0 96 64">
  <script>document.title = "run"</script>
  <circle cx="48" cy="32" r="20" fill="teal"/>
</svg>`);
}

/** Returns a WAV file with a second of silence: 8000 samples of one byte each. Its header gives the length `announced`. */
function createWav(announced: number) {
  const header = Buffer.from(`RIFF....WAVEfmt ${".".repeat(20)}data....`);
  header.writeUInt32LE(Math.min(announced + 36, 0xffffffff), 4);
  header.writeUInt32LE(16, 16);
  const [pcm, channels, samples, bits] = [1, 1, 8000, 8];
  header.writeUInt16LE(pcm, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(samples, 24);
  header.writeUInt32LE(samples, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(bits, 34);
  header.writeUInt32LE(announced, 40);
  return Buffer.concat([header, Buffer.alloc(samples, 128)]);
}

function createGlb() {
  const json = Buffer.from('{"asset":{"version":"2.0"}}  ');
  const header = Buffer.from("glTF............JSON");
  header.writeUInt32LE(2, 4);
  header.writeUInt32LE(header.length + json.length, 8);
  header.writeUInt32LE(json.length, 12);
  return Buffer.concat([header, json]);
}
