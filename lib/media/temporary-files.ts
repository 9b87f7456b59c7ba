import "server-only";
import { openAsBlob } from "node:fs";
import { mkdtemp, open, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Checksums, createChecksums } from "./checksums";
import { MEMORY_BYTES } from "./read-whole-file";

/** A temporary file. Its bytes can be read at any offset until `remove` is called. */
export type TemporaryFile = Checksums & { blob: Blob; remove: () => Promise<void> };

type Bytes = Uint8Array<ArrayBuffer>;
type Body = AsyncIterable<Bytes> | Iterable<Bytes>;

/**
 * Stores the bytes of a body: up to 4 MB in memory, more in a temporary file on disk. Returns null as soon as there are more than
 * `limit` bytes. Throws if the body is incomplete or the disk is full.
 */
export async function storeTemporarily(body: Body, limit: number): Promise<TemporaryFile | null> {
  const checksums = createChecksums();
  const writer = createWriter();
  let length = 0;
  try {
    for await (const chunk of body) {
      length += chunk.byteLength;
      if (length > limit) {
        await writer.remove();
        return null;
      }
      checksums.update(chunk);
      await writer.write(chunk);
    }
    return { blob: await writer.finish(), ...checksums.finish(), remove: writer.remove };
  } catch (error) {
    await writer.remove();
    throw error;
  }
}

/**
 * Removes the temporary files that ended processes have left. Call this before this process creates temporary files of its own.
 */
export async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const [, id] = /^darkroom-(\d+)-/.exec(name) ?? [];
    if (id && !isRunning(Number(id))) await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function createWriter() {
  const chunks: Bytes[] = [];
  let length = 0;
  let file: Awaited<ReturnType<typeof createFile>> | null = null;

  const write = async (chunk: Bytes) => {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length <= MEMORY_BYTES) return;
    file ??= await createFile();
    for (const each of chunks.splice(0)) await file.handle.writeFile(each);
  };
  const finish = async (): Promise<Blob> => {
    await file?.handle.close();
    return file ? openAsBlob(file.path) : new Blob(chunks);
  };
  const remove = async () => {
    await file?.handle.close();
    if (file) await rm(file.folder, { recursive: true, force: true });
  };
  return { write, finish, remove };
}

/** Creates an empty file. Its folder is new, and other users of the system cannot read it. */
async function createFile() {
  const folder = await mkdtemp(join(tmpdir(), `darkroom-${process.pid}-`));
  const path = join(folder, "file");
  return { folder, path, handle: await open(path, "wx") };
}

/**
 * Whether another process with this id is running. If the id is our own, an earlier process with the same id has left the files:
 * when the server starts and calls this, it has not created any files yet.
 */
function isRunning(id: number): boolean {
  if (id === process.pid) return false;
  try {
    return process.kill(id, 0);
  } catch (error) {
    // With EPERM, the process exists, but it belongs to another user.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
