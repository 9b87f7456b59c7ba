import "server-only";
import { createCache } from "@/lib/cache";
import { processState } from "@/lib/process-globals";
import * as replicate from "@/lib/replicate/client";
import * as storage from "./storage";
import { storeTemporarily } from "./temporary-files";

/** Replicate recommends data URIs only for files of at most this size (bytes). */
const MAX_DATA_URI = 256_000;
/**
 * Replicate keeps the copy of a file for 24 hours. We send the URL of a copy again only within this time (ms) after it was made.
 * So each prediction has at least four hours to read the copy.
 */
const REUSE = 20 * 60 * 60_000;

/** The URLs of the files that were copied to Replicate. The key is the path of the file in our storage. */
const copies = createCache<string | null>({ ttl: (url) => (url ? REUSE : 0), max: 1000 });

type StoredFile = { storage_path: string; content_type: string; bytes: number };

/**
 * Returns a URL at which Replicate can read a file: for a small file, a data URI, and for any other file, the URL of a copy at
 * Replicate. This is needed if our storage is in a private network, from which Replicate cannot read. Returns null if storage has
 * no such file. Throws a `ReplicateError` if Replicate does not accept the copy.
 */
export function transferToReplicate(file: StoredFile): Promise<string | null> {
  return file.bytes <= MAX_DATA_URI ? toDataUri(file) : copies(file.storage_path, () => copyToReplicate(file));
}

async function toDataUri({ storage_path, content_type }: StoredFile): Promise<string | null> {
  const content = await storage.get(storage_path);
  if (!content) return null;
  const bytes = Buffer.from(await new Response(content).bytes());
  return `data:${content_type};base64,${bytes.toString("base64")}`;
}

function copyToReplicate({ storage_path: path, content_type, bytes }: StoredFile): Promise<string | null> {
  return processState.copyingFiles(async () => {
    const content = await storage.get(path);
    const file = content && (await storeTemporarily(new Response(content).body ?? [], bytes));
    if (!file) return null;
    try {
      const name = path.slice(path.lastIndexOf("/") + 1);
      return await replicate.uploadFile(file.blob.slice(0, bytes, content_type), name);
    } finally {
      await file.remove();
    }
  });
}
