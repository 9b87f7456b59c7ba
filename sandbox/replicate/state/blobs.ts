import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Stores the bytes of files, each under a key. The key is also the name of the file on the disk. So a key must not contain
 * unchecked text of a request.
 */
export type Blobs = {
  put(key: string, bytes: Uint8Array): Promise<void>;
  get(key: string): Promise<Uint8Array<ArrayBuffer> | null>;
  remove(key: string): Promise<void>;
};

function inMemory(): Blobs {
  const blobs = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    async put(key, bytes) {
      blobs.set(key, Uint8Array.from(bytes));
    },
    get: async (key) => blobs.get(key) ?? null,
    async remove(key) {
      blobs.delete(key);
    },
  };
}

export function openBlobs(dir: string | null): Blobs {
  if (!dir) return inMemory();
  const folder = join(dir, "blobs");
  return {
    async put(key, bytes) {
      await mkdir(folder, { recursive: true });
      await writeWhenRoom(join(folder, `${key}.new`), bytes);
      await rename(join(folder, `${key}.new`), join(folder, key));
    },
    get: (key) => readFile(join(folder, key)).catch(() => null),
    remove: (key) => rm(join(folder, key), { force: true }),
  };
}

/**
 * Writes a file. While the disk is full, waits and tries again, because a full disk must not make a run fail: the real Replicate
 * always has room.
 */
async function writeWhenRoom(path: string, bytes: Uint8Array): Promise<void> {
  for (;;) {
    try {
      return await writeFile(path, bytes);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
      await rm(path, { force: true });
      await sleep(1_000);
    }
  }
}
