import "server-only";
import { AppError } from "@/lib/errors";
import { UnavailableFile, UnsupportedFile } from "@/lib/media/file-errors";
import { type FileFacts, factsOf, readAt } from "@/lib/media/formats/format";
import { inspectUpload } from "@/lib/media/inspect";
import { kindOfType } from "@/lib/media/kinds";
import { canDecode } from "@/lib/media/renditions/decoder";
import { makeThumbnail } from "@/lib/media/renditions/thumbnail";
import { readWhole } from "@/lib/media/read-whole-file";
import { imageFormatOf } from "./image-format";

const UNKNOWN = "application/octet-stream";
/** The format of an image is recognized by this many bytes. */
const START = 12;

/**
 * Describes a file that is stored unchanged. `facts` are read from its bytes. `contentType` is the type in `facts`. But if the
 * bytes are plain text or of an unknown format, `contentType` is `declared`: the type that the client has sent. A text cannot be
 * declared an image, a video, a sound or a 3D model. `thumbnail` is null if the file cannot be decoded. Throws `invalid_body` for
 * an empty file.
 */
export async function describeUnchangedFile(blob: Blob, extension: string | null, declared: string) {
  if (blob.size === 0) throw new AppError("invalid_body", "The file is empty.");
  const facts = await inspectAny(blob, extension);
  const isPlainText = facts.content_type === "text/plain" && kindOfType(declared) === "file";
  const isOpen = declared !== UNKNOWN && (isPlainText || facts.content_type === UNKNOWN);
  const thumbnail = canDecode(facts) ? await readWhole(blob, makeThumbnail).catch(() => null) : null;
  return { facts, contentType: isOpen ? declared : facts.content_type, thumbnail: thumbnail?.bytes ?? null };
}

/** Returns the facts of any file. Does not throw if the file is damaged, or an image that the server cannot read. */
async function inspectAny(blob: Blob, extension: string | null): Promise<FileFacts> {
  const facts = await inspectUpload(blob, extension).catch((error: unknown) => {
    if (error instanceof UnsupportedFile || error instanceof UnavailableFile) return factsOf(UNKNOWN, "bin");
    throw error;
  });
  const image = facts.content_type === UNKNOWN ? imageFormatOf(await readAt(blob, 0, START)) : null;
  return image ? factsOf(image.type, image.type.replace("image/", "")) : facts;
}
