import "server-only";
import { z } from "zod";
import { unwrap, adminClient } from "@/lib/supabase/admin";
import { embedSettings, START } from "./embed";
import { fileNameOf } from "./file-name";
import { readObject } from "./storage";
import type { MediaRow } from "./schema";
import type { Settings } from "./embedded-settings";

/** An image as it leaves for good: under a name that tells what it is, with its settings inside where the format takes them. */
export type Export = {
  /** Without an ending. */
  name: string;
  extension: string;
  settings: Settings;
  /** Throws `not_found` when storage has no such file, `db_unavailable` when it does not answer. */
  read: () => Promise<AsyncGenerator<Uint8Array>>;
};

const Version = z.object({ id: z.uuid(), version: z.string().nullable() });

/** The images, which the caller may see, in order, ready to leave. The bytes in storage stay as they are. */
export async function exportMedia(rows: MediaRow[]): Promise<Export[]> {
  const predictions = [...new Set(rows.map((row) => row.prediction_id))];
  const answer = await adminClient().from("predictions").select("id, version").in("id", predictions);
  const versions = new Map(
    z
      .array(Version)
      .parse(unwrap(answer))
      .map(({ id, version }) => [id, version]),
  );
  return rows.map((row) => {
    const { prompt, model, input, seed, created_at, storage_path: path } = row;
    const settings = { prompt, model, version: versions.get(row.prediction_id) ?? null, input, seed, created_at };
    return {
      name: fileNameOf(row),
      extension: path.slice(path.lastIndexOf(".") + 1),
      settings,
      read: () => readWithSettings(path, row.bytes, settings),
    };
  });
}

async function readWithSettings(path: string, bytes: number, settings: Settings) {
  const reader = (await readObject(path)).getReader();
  let start: Uint8Array = new Uint8Array();
  let isEnd = false;
  while (start.length < START && !isEnd) {
    const { done, value } = await reader.read();
    isEnd = done;
    if (value) start = Buffer.concat([start, value]);
  }
  const { head, cut, tail } = embedSettings(start.subarray(0, START), bytes, settings) ?? {
    head: start.subarray(0, 0),
    cut: 0,
    tail: start.subarray(0, 0),
  };

  async function* chunks() {
    try {
      yield head;
      yield start.subarray(cut);
      for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
      yield tail;
    } finally {
      await reader.cancel();
    }
  }
  return chunks();
}
