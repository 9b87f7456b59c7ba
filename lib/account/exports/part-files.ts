import "server-only";
import type { SupabaseClient } from "@supabase/supabase-js";
import pLimit from "p-limit";
import { z } from "zod";
import { createChecksums } from "@/lib/media/checksums";
import { toFileName } from "@/lib/media/serving/download-name";
import * as storage from "@/lib/media/storage";
import { adminClient } from "@/lib/supabase/admin-client";
import { Timestamp, unwrap } from "@/lib/supabase/result";
import type { Export } from "./exports";

const Row = z.object({
  id: z.uuid(),
  created_at: Timestamp,
  kind: z.string(),
  prediction_id: z.uuid().nullable(),
  prompt: z.string(),
  seed: z.number().nullable(),
  name: z.string(),
  storage_path: z.string(),
  content_type: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  crc32: z.int().nullable(),
  metadata: z.record(z.string(), z.unknown()).nullable(),
  is_lost: z.boolean(),
});
type Row = z.infer<typeof Row>;

/** A file in an archive. `path` is its path in the archive. */
export type PartFile = Omit<Row, "crc32"> & { path: string; crc32: number };

/** The largest number of rows in one result of `list_export_files`. */
const PAGE = 1000;
/** A file's name in the archive contains this many characters of the file's id. So no two files of a user have the same name. */
const ID_LENGTH = 18;
/** How many files are read at a time to compute their checksums. */
const READERS = 4;

/**
 * Returns the files of a part of an export, oldest first. Deleted files are left out. `missing` are the files that storage does
 * not have, or whose bytes were unreadable in an earlier download. `supabase` must have the rights of the owner. If a file was
 * saved without a checksum, the first call reads the file to compute its checksum.
 */
export async function listPartFiles(supabase: SupabaseClient, userId: string, { id }: Export, part: number) {
  const rows = await listRows(supabase, id, part);
  const absent = await storage.listMissing(rows.map((row) => row.storage_path));
  const isMissing = (row: Row) => row.is_lost || absent.has(row.storage_path);
  const files = await withChecksums(
    userId,
    rows.filter((row) => !isMissing(row)),
  );
  const found = new Map(files.map((file) => [file.id, file]));
  const missing = rows.filter((row) => !found.has(row.id)).map((row) => ({ ...row, crc32: 0, path: pathOf(row) }));
  return { files, missing };
}

async function listRows(supabase: SupabaseClient, exportId: string, part: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const last = rows.at(-1);
    const after = { p_after_time: last?.created_at ?? null, p_after_id: last?.id ?? null };
    const result = await supabase.rpc("list_export_files", { p_export: exportId, p_part: part, ...after });
    const page = z.array(Row).parse(unwrap(result));
    rows.push(...page);
    if (page.length < PAGE) return rows;
  }
}

/**
 * Returns the files with their checksums. If a checksum is missing, computes and saves it. Leaves out files that storage does not
 * have.
 */
async function withChecksums(userId: string, rows: Row[]): Promise<PartFile[]> {
  const limit = pLimit(READERS);
  const computed = new Map<string, number>();
  const compute = async ({ id, storage_path, crc32 }: Row) => {
    const sum = crc32 ?? (await limit(() => computeChecksum(storage_path)));
    if (crc32 === null && sum !== null) computed.set(id, sum);
    return sum;
  };
  const sums = await Promise.all(rows.map(compute));
  if (computed.size > 0) {
    const p_checksums = Object.fromEntries(computed);
    unwrap(await adminClient().rpc("set_checksums", { p_user: userId, p_checksums }));
  }
  return rows.flatMap((row, index) => {
    const crc32 = sums[index] ?? null;
    return crc32 === null ? [] : { ...row, crc32, path: pathOf(row) };
  });
}

/** Reads a file and returns its checksum. Null if storage has no such file. */
export async function computeChecksum(path: string): Promise<number | null> {
  const content = await storage.get(path);
  if (!content) return null;
  const checksums = createChecksums();
  for await (const chunk of content) checksums.update(chunk);
  return checksums.finish().crc32;
}

/** Returns a readable path, such as `media/2026-11-21/a-red-fox-42-0195f2a8-1b2c-4d3e.png`. */
function pathOf({ id, created_at, kind, prompt, seed, name, storage_path }: Row): string {
  const folder = kind === "upload" ? "uploads" : "media";
  const title = kind === "upload" ? name.replace(/\.[^.]*$/, "") : prompt;
  const extension = storage_path.slice(storage_path.lastIndexOf("."));
  return `${folder}/${created_at.slice(0, 10)}/${toFileName({ prompt: title, kind, seed, id }, ID_LENGTH)}${extension}`;
}
