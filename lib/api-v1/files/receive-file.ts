import "server-only";
import { pipeline } from "node:stream/promises";
import { Busboy, type BusboyFileStream } from "@fastify/busboy";
import { z } from "zod";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { limitJson } from "@/lib/replicate/limit-json";
import { storeTemporarily, type TemporaryFile } from "@/lib/media/temporary-files";

/**
 * A file that a client has sent. `file`: a temporary copy of its bytes. The caller must remove this copy when it is no longer
 * needed. `type`: the content type that the client has named.
 */
export type ReceivedFile = {
  file: TemporaryFile;
  name: string;
  type: string;
  metadata: Record<string, unknown>;
};
type Part = { stream: BusboyFileStream; stored: Promise<TemporaryFile | null>; name: string; type: string };

/** The largest size of one form field (bytes), and of everything in a form besides the file (bytes). */
const FIELD_BYTES = 64 * 1024;
const REST_BYTES = 1_000_000;
const UNKNOWN = "application/octet-stream";
const ContentType = z
  .string()
  .max(100)
  .regex(/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/)
  .toLowerCase();
const Metadata = z.record(z.string(), z.unknown());

/**
 * Receives a file like Replicate's `POST /files`. The body must be a form (multipart/form-data) with the part `content`, and
 * optionally `metadata`, `filename` and `type`. `metadata` is JSON, in a part with or without a file name. A large file is
 * stored on disk while it arrives, so this function needs little memory. Throws `unsupported_media_type`, `payload_too_large`,
 * `invalid_body` for an incomplete form, and `invalid_input` for invalid parts.
 */
export async function receiveFile(request: Request): Promise<ReceivedFile> {
  const limit = env().MAX_FILE_MB * 1_000_000;
  // A body above the limit is not read, so that the client gets the response before it has sent the whole body.
  if (Number(request.headers.get("content-length")) > limit + REST_BYTES) throw tooLarge();
  const { part, fields } = await readForm(request, limit);
  if (!part) throw invalid("content", "content is required");
  const file = await part.stored;
  if (!file || part.stream.truncated) {
    await file?.remove();
    throw tooLarge();
  }
  try {
    const name = fields.get("filename") ?? part.name;
    const type = ContentType.safeParse(fields.get("type") ?? part.type).data ?? UNKNOWN;
    return { file, name, type, metadata: parseMetadata(fields) };
  } catch (error) {
    await file.remove();
    throw error;
  }
}

/** Reads a form. Returns its file (`part`) and its other fields. Bytes of the file after `limit` are dropped. */
async function readForm(request: Request, limit: number) {
  const fields = new Map<string, string>();
  const parts: Part[] = [];
  const parser = createParser(request, limit);
  parser.on("file", (_field, stream, name: string | undefined, _encoding, type) => {
    const stored = storeTemporarily(stream, limit);
    // If `stored` rejects, its error is handled where `stored` is awaited. Until then, the error must not count as unhandled.
    stored.catch(() => {});
    parts.push({ stream, stored, name: name ?? "", type });
  });
  parser.on("field", (name, value, _isNameCut, isCut) => {
    if (!isCut) fields.set(name, value);
  });
  try {
    await pipeline(takeAtMost(request.body ?? [], limit + REST_BYTES), parser);
  } catch (cause) {
    for (const { stream, stored } of parts) {
      stream.destroy(new Error("The request ended before the form was complete."));
      await stored.then(
        (file) => file?.remove(),
        () => {},
      );
    }
    if (cause instanceof AppError) throw cause;
    throw new AppError("invalid_body", "The form is incomplete or malformed. Send it again.", { cause });
  }
  return { part: parts[0], fields };
}

/**
 * Yields the chunks of the body. Throws `payload_too_large` after `most` bytes, because the parser would read a body of any
 * length.
 */
async function* takeAtMost(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, most: number) {
  let length = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > most) throw tooLarge();
    yield chunk;
  }
}

function createParser({ headers }: Request, limit: number) {
  const type = headers.get("content-type") ?? "";
  try {
    return new Busboy({
      headers: { "content-type": type },
      isPartAFile: (field) => field === "content",
      limits: { files: 1, fileSize: limit, fields: 50, fieldSize: FIELD_BYTES, parts: 60, headerPairs: 20 },
    });
  } catch (cause) {
    throw new AppError("unsupported_media_type", "Send the file as multipart/form-data, with a boundary.", { cause });
  }
}

/**
 * Returns the metadata. A client sends it as JSON in the field `metadata`, or as one field for each key, such as
 * `metadata[name]`.
 */
function parseMetadata(fields: Map<string, string>): Record<string, unknown> {
  const text = fields.get("metadata");
  if (text !== undefined) return Metadata.safeParse(parseJson(text)).data ?? refuseMetadata();
  const entries = [...fields].flatMap(([name, value]) => {
    const key = /^metadata\[(.+)\]$/.exec(name)?.[1];
    return key === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(entries);
}

/** Returns null for JSON that is invalid, or too deep for the database. */
function parseJson(text: string): unknown {
  try {
    const { json, isCut } = limitJson(JSON.parse(text));
    return isCut ? null : json;
  } catch {
    return null;
  }
}

function refuseMetadata(): never {
  throw invalid("metadata", "metadata must be a JSON object of at most 32 levels");
}

function invalid(field: string, description: string): AppError {
  return new AppError("invalid_input", `${description}.`, {
    invalidFields: [{ field, description, type: field === "content" ? "required" : "invalid_type" }],
  });
}

function tooLarge(): AppError {
  return new AppError("payload_too_large", `Files must be less than ${env().MAX_FILE_MB}MB in size`);
}
