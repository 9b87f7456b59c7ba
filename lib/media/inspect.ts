import "server-only";
import { UnavailableFile, UnsupportedFile } from "./file-errors";
import { avif } from "./formats/avif";
import { pdf, zip } from "./formats/zip-and-pdf";
import { flac } from "./formats/flac";
import { damaged, type FileFacts, type Format, factsOf, readAt, type SourceFile } from "./formats/format";
import { gif } from "./formats/gif";
import { glb } from "./formats/glb";
import { inspectGltf } from "./formats/gltf";
import { jpeg } from "./formats/jpeg";
import { mp3 } from "./formats/mp3";
import { mp4 } from "./formats/mp4";
import { ogg } from "./formats/ogg";
import { png } from "./formats/png";
import { inspectSvg } from "./formats/svg";
import { wav } from "./formats/wav";
import { webm } from "./formats/webm";
import { webp } from "./formats/webp";
import { MAX_PIXELS } from "./renditions/decoder";
import { explainFormat, imageFormatOf } from "./uploads/image-format";

const decoded: readonly Format[] = [png, jpeg, webp, gif];
const formats: readonly Format[] = [...decoded, avif, mp4, webm, mp3, wav, flac, ogg, glb, zip, pdf];

/** The format of a file is recognized by this many bytes at its start. No complete file of a known format is shorter. */
const START = 12;
/** This many bytes at the start of a file are read to find out whether it is a text. */
const TEXT_START = 1024;
/**
 * If a file has one of these extensions and contains text, `inspectFile` treats the text as an error page that Replicate or its
 * CDN has sent in place of the file. Two kinds of text are accepted: an SVG, and JSON in a file with the extension `gltf`.
 */
const BINARY =
  /^(png|jpe?g|webp|gif|avif|heic|tiff?|bmp|svg|mp4|m4v|mov|webm|mkv|avi|mp3|wav|flac|og[ag]|opus|m4a|aac|glb|gltf|zip|pdf|gz|tgz|tar|7z|safetensors|pth?|np[yz]|onnx|bin)$/;
/** Matches the start of an HTML or XML page, or of an error in JSON. */
const ERROR_PAGE = /^\s*(<|\{\s*"(code|detail|errors?|message|status|title)")/;
/**
 * The extensions of programs. A program is saved with the extension `bin` instead, because otherwise it would run when the user
 * opens it.
 */
const PROGRAM = /^(exe|com|bat|cmd|scr|msi|lnk|hta|vb[es]|ps1|jse?|wsf|jar|app|dmg|sh)$/;

/**
 * Reads the facts of a file from its bytes. The file's name and Content-Type are not trusted. The structure of the file is
 * checked, and bytes after the end of an image are allowed. Only a JPEG or GIF without an end marker is decoded. Throws
 * `UnavailableFile` if the file is incomplete or damaged, or if an error page arrived in place of the file. Throws
 * `UnsupportedFile` for an SVG of more than 5 MB. A file of an unknown format gets the type `application/octet-stream`.
 */
export async function inspectFile(file: SourceFile): Promise<FileFacts> {
  const facts =
    (await inspectFormats(file, formats)) ??
    (await inspectText(file)) ??
    factsOf("application/octet-stream", file.extension ?? "bin");
  return harmless(facts);
}

/**
 * Returns the facts of an upload. `extension` is the extension in the file's name, and is only a hint. Throws `UnsupportedFile`
 * for an image that the server cannot read, or that has more than 50 megapixels, and for an SVG of more than 5 MB. Throws
 * `UnavailableFile` if the file is empty, incomplete or damaged. A file of an unknown format gets the type
 * `application/octet-stream`, or `text/plain` if it is a text.
 */
export async function inspectUpload(blob: Blob, extension: string | null): Promise<FileFacts> {
  const start = await readAt(blob, 0, TEXT_START);
  if (start.length === 0) damaged("it is empty");
  const image = imageFormatOf(start);
  // An image in a format for scanned documents, such as TIFF, is accepted here, because some inputs take documents. If an input
  // takes only images, it refuses this upload when the user starts a prediction.
  if (image?.advice && !image.isDocument) throw new UnsupportedFile("unsupported_output", explainFormat(image));
  if ((image && !image.advice) || (await isBeginning(blob))) return inspectImage(blob);
  const file = { blob, hasFullLength: true, extension };
  const facts =
    (await inspectFormats(file, formats)) ??
    (isText(start)
      ? ((await inspectDocument(file, start)) ?? factsOf("text/plain", isOfText(extension) ? extension : "txt"))
      : factsOf("application/octet-stream", extension ?? "bin"));
  return harmless(facts);
}

/**
 * Returns the facts of an image. Throws `UnsupportedFile` if its type is not one of `DECODED_TYPES`, if its size cannot be read,
 * or if it has more than 50 megapixels. Throws `UnavailableFile` if it is incomplete.
 */
export async function inspectImage(blob: Blob): Promise<FileFacts> {
  if (await isBeginning(blob)) damaged("it is too short");
  const facts = await inspectFormats({ blob, hasFullLength: true, extension: null }, decoded);
  if (!facts) throw new UnsupportedFile("unsupported_output", "The file is not a PNG, JPEG, WebP or GIF image.");
  const { width, height } = facts;
  if (!width || !height) throw new UnsupportedFile("unsupported_output", "The image cannot be decoded.");
  if (width * height > MAX_PIXELS) {
    throw new UnsupportedFile("too_large", `The image has ${width} × ${height} pixels. The limit is 50 megapixels.`);
  }
  return facts;
}

/**
 * Whether the file may be the beginning of an image. It is too short to be recognized, but all of its bytes are those of an
 * image's signature.
 */
async function isBeginning(blob: Blob): Promise<boolean> {
  if (blob.size >= START) return false;
  const start = [...(await blob.bytes())];
  const signatures = decoded.flatMap((format) => format.signatures);
  return signatures.some((signature) => start.every((byte, at) => (signature[at] ?? byte) === byte));
}

async function inspectFormats(file: SourceFile, candidates: readonly Format[]): Promise<FileFacts | null> {
  const start = await readAt(file.blob, 0, START);
  for (const { signatures, inspect } of candidates) {
    const isMatch = signatures.some((signature) => signature.every((byte, at) => byte === null || byte === start[at]));
    const facts = isMatch ? await inspect(file) : null;
    if (facts) return facts;
  }
  return null;
}

async function inspectText(file: SourceFile): Promise<FileFacts | null> {
  const { blob, hasFullLength, extension } = file;
  const mayBeShort = isOfText(extension) || (extension === null && hasFullLength && blob.size > 0);
  if (!mayBeShort && blob.size < START) damaged("it is too short");
  const start = await readAt(blob, 0, TEXT_START);
  if (!isText(start)) return null;
  const facts = await inspectDocument(file, start);
  if (facts || isOfText(extension)) return facts;
  if (extension === null && !ERROR_PAGE.test(new TextDecoder().decode(start))) {
    return factsOf("application/octet-stream", "txt");
  }
  throw new UnavailableFile("unavailable", "Text arrived instead of the file.");
}

/** Whether a file with this extension may be plain text. */
function isOfText(extension: string | null): extension is string {
  return extension !== null && !BINARY.test(extension);
}

/** Returns the facts of a text that is an SVG or a glTF. Returns null for any other text. */
async function inspectDocument({ blob, extension }: SourceFile, start: Uint8Array): Promise<FileFacts | null> {
  const first = new TextDecoder().decode(start).trimStart().at(0);
  if (first === "<") return inspectSvg(blob);
  return first === "{" && extension === "gltf" ? inspectGltf(blob) : null;
}

/** Replaces the extension of a program, so that the program does not run when the user opens the file. */
function harmless(facts: FileFacts): FileFacts {
  return PROGRAM.test(facts.extension) ? { ...facts, extension: "bin" } : facts;
}

/**
 * Whether these bytes are UTF-8 without the control characters below U+0020, except white space and ESC. The last
 * character may be cut off.
 */
function isText(start: Uint8Array): boolean {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(start, { stream: true });
    // oxlint-disable-next-line no-control-regex
    return !/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text);
  } catch {
    return false;
  }
}
