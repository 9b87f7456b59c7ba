import "server-only";
import { AppError } from "@/lib/errors";
import { exportMedia } from "./export";
import type { MediaRow } from "./schema";
import { zip, type ZipEntry } from "./zip";

/** A ZIP of the images, which the caller may see, each with its settings beside it as JSON. Made while it is read. */
export async function createArchive(rows: MediaRow[]): Promise<AsyncGenerator<Uint8Array>> {
  const files = await exportMedia(rows);

  async function* entries(): AsyncGenerator<ZipEntry> {
    for (const { name, extension, settings, read } of files) {
      const madeAt = new Date(settings.created_at);
      const chunks = await read().catch((error: unknown) => {
        // One that is missing does not spoil the others; its settings are still there.
        if (error instanceof AppError && error.code === "not_found") return null;
        throw error;
      });
      if (chunks) yield { name: `${name}.${extension}`, madeAt, chunks };
      yield { name: `${name}.json`, madeAt, chunks: [Buffer.from(JSON.stringify(settings, null, 2))] };
    }
  }
  return zip(entries());
}
