import "server-only";
import { z } from "zod";
import { adminClient } from "@/lib/supabase/admin-client";
import { unwrap } from "@/lib/supabase/result";
import { toFileName } from "./download-name";
import { embedSettings, START } from "./embed-settings";
import type { Settings } from "@/lib/media/read-embedded-settings";
import type { MediaRow } from "@/lib/media/schema";
import * as storage from "@/lib/media/storage";
import { zipOfUnknownSizes, type ZipEntry } from "./zip-of-unknown-sizes";

const NONE = new Uint8Array();

const Version = z.object({ id: z.uuid(), version: z.string().nullable() });

/** Returns the files to download, in the order of the rows. Stored files are not changed. The caller must have checked access. */
export async function exportMedia(rows: MediaRow[]) {
  const ids = [...new Set(rows.map((row) => row.prediction_id))];
  const result = await adminClient().from("predictions").select("id, version").in("id", ids);
  const predictions = z.array(Version).parse(unwrap(result));
  return rows.map((row) => {
    const { prompt, model, input, seed, created_at, storage_path: path } = row;
    const version = predictions.find(({ id }) => id === row.prediction_id)?.version ?? null;
    const settings = { prompt, model, version, input, seed, created_at };
    return {
      name: `${toFileName(row)}${path.slice(path.lastIndexOf("."))}`,
      settings,
      /** Returns the file. Its settings are embedded if its format allows it. Returns null if storage has no such file. */
      read: async () => {
        const file = await storage.get(path);
        return file && insertSettings(row, file, settings);
      },
    };
  });
}

/**
 * Returns a ZIP with the files, and with the settings of each file as JSON. It is generated while it is read. If storage does not
 * have a file any more, its JSON says so. If some of the requested `ids` have no row, `left-out.json` lists them. The caller must
 * have checked access.
 */
export async function createMediaZip(rows: MediaRow[], ids: string[]): Promise<AsyncGenerator<Uint8Array>> {
  const files = await exportMedia(rows);
  const leftOut = ids.filter((id) => !rows.some((row) => row.id === id));

  async function* entries(): AsyncGenerator<ZipEntry> {
    for (const { name, settings, read } of files) {
      const createdAt = new Date(settings.created_at);
      const file = await read();
      if (file) yield { name, createdAt, chunks: file };
      const content = file ? settings : { ...settings, left_out: "The file was deleted, or it is missing in storage." };
      // If the saved file is itself a JSON file, the file with its settings needs another name.
      const extension = name.endsWith(".json") ? "settings.json" : "json";
      yield { name: name.replace(/[^.]+$/, extension), createdAt, chunks: [toJson(content)] };
    }
    if (leftOut.length === 0) return;
    const content = { left_out: leftOut, reason: "These files were deleted, or they are not yours." };
    yield { name: "left-out.json", createdAt: new Date(), chunks: [toJson(content)] };
  }
  return zipOfUnknownSizes(entries());
}

function toJson(content: object): Uint8Array {
  return Buffer.from(JSON.stringify(content, null, 2));
}

async function insertSettings(row: MediaRow, file: ReadableStream<Uint8Array>, settings: Settings) {
  const reader = file.getReader();
  let start: Uint8Array = Buffer.alloc(0);
  while (start.length < START) {
    const { value } = await reader.read();
    if (!value) break;
    start = Buffer.concat([start, value]);
  }
  const embedding = embedSettings(row, start.subarray(0, START), settings);
  const { head, cut, tail } = embedding ?? { head: NONE, cut: 0, tail: NONE };
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(Buffer.concat([head, start.subarray(cut)]));
    },
    async pull(controller) {
      const { value } = await reader.read();
      controller.enqueue(value ?? tail);
      if (!value) controller.close();
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
