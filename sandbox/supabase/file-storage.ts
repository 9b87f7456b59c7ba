import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { App } from "@supabase/lite";
import { readRange } from "./byte-range.ts";
import { storageRequest } from "./storage-compat.ts";

type StorageAdapter = NonNullable<App["_storageAdapter"]>;

const TYPES: Record<string, string> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  webp: "image/webp",
  gif: "image/gif",
  avif: "image/avif",
  svg: "image/svg+xml",
  mp4: "video/mp4",
  webm: "video/webm",
  mov: "video/quicktime",
  mp3: "audio/mpeg",
  wav: "audio/wav",
  flac: "audio/flac",
  ogg: "audio/ogg",
  m4a: "audio/mp4",
};

const NO_FILE = { cacheControl: "no-cache", contentLength: 0, size: 0, mimetype: "application/octet-stream", eTag: "" };

/**
 * Returns a storage adapter that stores objects as files: <folder>/<bucket>/<name>. The adapter of @supabase/lite is not used,
 * because it keeps uploads in memory, does not close the files of downloads, and serves files that are still being written.
 */
export function createFileStorage(folder: string): StorageAdapter {
  const pathOf = (bucket: string, name: string) => {
    const path = resolve(folder, bucket, name);
    if (!path.startsWith(resolve(folder, bucket) + sep)) throw new Error(`Invalid object name: ${name}`);
    return path;
  };

  const describe = async (path: string) => {
    const { size, mtime } = await stat(path);
    return {
      cacheControl: "no-cache",
      contentLength: size,
      size,
      mimetype: TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream",
      lastModified: mtime,
      eTag: `"${createHash("md5").update(`${path}:${mtime.getTime()}:${size}`).digest("hex")}"`,
    };
  };

  const writeFile = async (path: string, write: (unfinished: string) => Promise<void>) => {
    const unfinished = `${path}.${randomUUID()}`;
    await mkdir(dirname(path), { recursive: true });
    try {
      await write(unfinished);
      await rename(unfinished, path);
    } finally {
      await rm(unfinished, { force: true });
    }
  };

  return {
    driver: "files",
    async getObject(bucket, name) {
      const path = pathOf(bucket, name);
      // If the row of a file exists, but the file is missing, the result has no body. @supabase/lite then responds with "Object
      // not found".
      const metadata = await describe(path).catch(() => NO_FILE);
      if (metadata === NO_FILE) return { httpStatusCode: 404, metadata };
      const range = readRange(storageRequest.getStore()?.headers.get("range") ?? null, metadata.size);
      if (range === "unsatisfiable") {
        const none = { ...metadata, contentLength: 0, contentRange: `bytes */${metadata.size}` };
        return { httpStatusCode: 200, metadata: none, body: new ReadableStream({ start: (stream) => stream.close() }) };
      }
      if (!range) return { httpStatusCode: 200, metadata, body: Readable.toWeb(createReadStream(path)) };
      const { start, end } = range;
      const contentRange = `bytes ${start}-${end}/${metadata.size}`;
      const part = { ...metadata, contentLength: end - start + 1, contentRange };
      return { httpStatusCode: 206, metadata: part, body: Readable.toWeb(createReadStream(path, range)) };
    },
    async uploadObject(bucket, name, _version, body, contentType, cacheControl) {
      const path = pathOf(bucket, name);
      await writeFile(path, async (unfinished) => {
        // The file is opened before the upload begins. A write stream would open it later: if the upload failed, the stream might
        // open, and so create, the file after `writeFile` has removed it.
        const file = await open(unfinished, "w");
        await pipeline(body instanceof Uint8Array ? [body] : body, file.createWriteStream({ flush: true }));
      });
      return { ...(await describe(path)), mimetype: contentType, cacheControl };
    },
    async deleteObject(bucket, name) {
      await rm(pathOf(bucket, name), { force: true });
    },
    async deleteObjects(bucket, names) {
      await Promise.all(names.map((name) => rm(pathOf(bucket, name), { force: true })));
    },
    async copyObject(fromBucket, from, _version, toBucket, to) {
      const path = pathOf(toBucket, to);
      await writeFile(path, (unfinished) => copyFile(pathOf(fromBucket, from), unfinished));
      const { eTag, lastModified } = await describe(path);
      return { httpStatusCode: 200, eTag, lastModified };
    },
    headObject: (bucket, name) => describe(pathOf(bucket, name)),
    privateAssetUrl: async (bucket, name) => `file://${pathOf(bucket, name)}`,
  };
}
