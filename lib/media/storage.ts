import "server-only";
import { z } from "zod";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { processState } from "@/lib/process-globals";
import { adminClient } from "@/lib/supabase/admin-client";
import { storageFull, unwrap } from "@/lib/supabase/result";
import { SUPABASE_TIMEOUT } from "@/lib/supabase/client-options";
import { freeUsedBuffers } from "./free-used-buffers";
import { UnsupportedFile } from "./file-errors";

// This is the only file that uses Supabase Storage. To store files elsewhere, replace the functions in this file. The functions
// do not check access. They throw `db_unavailable` if storage is unavailable, and `storage_full` if it has no room.

const BUCKET = "images";
/** The number of files in one page of a list. */
const LIST_PAGE = 1000;

/**
 * While storage is full, `hasRoom` tries to write a test file of `TRY_BYTES`, at most once in `TRY_EVERY` ms. If this succeeds,
 * there is room again for most output files, because most are not larger than the test file.
 */
const TRY_EVERY = 5_000;
const TRY_BYTES = 4 * 1024 * 1024;

/**
 * An error of storage. Its HTTP status is in `status`. But some errors have the status 400 and their real status, such as "413",
 * in `statusCode`.
 */
const Failure = z.object({
  status: z.number().optional(),
  statusCode: z.string().optional(),
  message: z.string().optional(),
});
/**
 * `file_size_limit` is the largest size of a file (bytes) that the bucket allows. It is null if the bucket has no limit of its
 * own: then the limit of the Supabase project applies. Postgres sends large numbers as text.
 */
const Bucket = z.object({ file_size_limit: z.union([z.number(), z.string().transform(Number)]).nullable() });
const Objects = z.array(z.object({ name: z.string(), id: z.string().nullable() }));

const bucket = () => adminClient().storage.from(BUCKET);

/**
 * The bucket limits the size of a file. If this limit is lower than `MAX_FILE_MB`, raises it to `MAX_FILE_MB`. If the Supabase
 * project does not allow that, logs an error, and files above the old limit are not saved. Throws if the bucket does not exist or
 * storage is unavailable.
 */
export async function requireBucket(): Promise<void> {
  const buckets = adminClient().storage;
  const { file_size_limit: limit } = Bucket.parse(unwrap(await buckets.getBucket(BUCKET)));
  const wanted = env().MAX_FILE_MB * 1024 * 1024;
  if (limit === null || limit >= wanted || processState.storage.isLimitRefused) return;
  const result = await buckets.updateBucket(BUCKET, { public: false, fileSizeLimit: wanted });
  const { status = 500 } = Failure.safeParse(result.error).data ?? {};
  if (!result.error || status >= 500) return void unwrap(result);
  processState.storage.isLimitRefused = true;
  const meaning =
    "Files above this limit are not saved. Raise the limit in the project's storage settings, or lower MAX_FILE_MB.";
  log.error("bucket_limit_refused", { limit, wanted, error: result.error, meaning });
}

/**
 * Writes a file. If there is already a file at `path`, replaces it. A `Blob` on disk is read while it is sent. Throws
 * `UnsupportedFile` if the bucket does not allow a file of this size or type.
 */
export async function put(path: string, content: Blob | Uint8Array, contentType: string): Promise<void> {
  const body = new Blob([content instanceof Blob ? content : new Uint8Array(content)], { type: contentType });
  const result = await bucket().upload(path, body, { contentType, upsert: true });
  const { status, statusCode, message = "" } = Failure.safeParse(result.error).data ?? {};
  const isFull = status === 507 || statusCode === "507" || /read-only transaction|no space left/i.test(message);
  if (isFull) {
    Object.assign(processState.storage, { isFull, triedAt: performance.now() });
    throw storageFull(result.error);
  }
  if (status === 413 || statusCode === "413") {
    throw new UnsupportedFile("too_large", "The file is larger than the storage allows.");
  }
  if (status === 415 || statusCode === "415") {
    throw new UnsupportedFile("unsupported_output", "The storage does not allow files of this type.");
  }
  unwrap(result);
  processState.storage.isFull = false;
}

/**
 * Returns whether storage has room for output files. If a `put` of this process fails because storage is full, the result is
 * false until another `put` succeeds. Meanwhile, this function writes a test file from time to time, to find out whether there is
 * room again.
 */
export async function hasRoom(): Promise<boolean> {
  const { storage } = processState;
  if (!storage.isFull || performance.now() - storage.triedAt < TRY_EVERY) return !storage.isFull;
  // `triedAt` is set before the attempt, so that a concurrent call does not write a second test file.
  storage.triedAt = performance.now();
  const path = "try/room.png";
  await put(path, new Uint8Array(TRY_BYTES), "image/png").catch(() => {});
  await remove([path]).catch(() => {});
  return !storage.isFull;
}

/** Throws `storage_full` while storage is full. */
export async function requireRoom(): Promise<void> {
  if (!(await hasRoom())) throw storageFull();
}

/**
 * Returns a file as a stream: all of it, or the bytes from `start` to `end`, both inclusive. Returns null if there is no such
 * file. The time limit applies only until the first bytes arrive.
 */
export async function get(
  path: string,
  range: { start: number; end: number } | null = null,
): Promise<ReadableStream<Uint8Array> | null> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), SUPABASE_TIMEOUT);
  const files = range ? bucket().setHeader("range", `bytes=${range.start}-${range.end}`) : bucket();
  const { data, error } = await files.download(path, {}, { signal: timeout.signal }).asStream();
  clearTimeout(timer);
  if (data) return data.pipeThrough(collectMeanwhile());
  const { status } = Failure.safeParse(error).data ?? {};
  if (status === 404 || status === 400) return null;
  throw new AppError("db_unavailable", "The file cannot be read at the moment. Try again soon.", { cause: error });
}

function collectMeanwhile() {
  const stop = freeUsedBuffers();
  // `cancel` is called when the reader cancels, and when the transfer of the file breaks off. TypeScript's type of a transformer
  // has no `cancel` yet, so an object literal with it would be an error. An object in a variable is accepted.
  const atTheEnd = { flush: stop, cancel: stop };
  return new TransformStream<Uint8Array, Uint8Array>(atTheEnd);
}

/** Returns a URL at which anyone can read the file for `seconds`. Returns null if there is no such file. */
export async function sign(path: string, seconds: number): Promise<string | null> {
  const result = await bucket().createSignedUrl(path, seconds);
  // Only the message shows that the file does not exist. The status 400 is not enough, because it can also mean that the bucket
  // is missing, which is a failure of storage.
  if (result.error?.message === "Object not found") return null;
  return z.object({ signedUrl: z.url() }).parse(unwrap(result)).signedUrl;
}

/**
 * Returns a URL to which anyone can send a file with PUT, for two hours. Storage refuses the file if there is already one at
 * `path`, or if it is larger than the bucket allows. Storage checks nothing else.
 */
export async function signUpload(path: string): Promise<string> {
  const result = await bucket().createSignedUploadUrl(path);
  return z.object({ signedUrl: z.url() }).parse(unwrap(result)).signedUrl;
}

/** Returns the paths of all files in a folder, without those in its subfolders. */
export async function list(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for (let offset = 0; ; offset += LIST_PAGE) {
    const page = Objects.parse(unwrap(await bucket().list(folder, { limit: LIST_PAGE, offset })));
    // A subfolder has no id, so this leaves out subfolders.
    paths.push(...page.filter(({ id }) => id !== null).map(({ name }) => `${folder}/${name}`));
    if (page.length < LIST_PAGE) return paths;
  }
}

/** Returns the paths from this list at which storage has no file. */
export async function listMissing(paths: string[]): Promise<Set<string>> {
  const missing = new Set<string>();
  for (let from = 0; from < paths.length; from += LIST_PAGE) {
    const p_paths = paths.slice(from, from + LIST_PAGE);
    const found = z.array(z.string()).parse(unwrap(await adminClient().rpc("list_missing_files", { p_paths })));
    for (const path of found) missing.add(path);
  }
  return missing;
}

/** Deletes these files. A file that does not exist is not an error. */
export async function remove(paths: string[]): Promise<void> {
  if (paths.length > 0) unwrap(await bucket().remove(paths));
}
