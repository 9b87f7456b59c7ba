import "server-only";
import type { SupabaseClient } from "@supabase/supabase-js";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { adminClient } from "@/lib/supabase/admin-client";
import { Timestamp, unwrap } from "@/lib/supabase/result";

/**
 * The largest sum of the sizes of the media and uploads in one part (bytes). The archive of such a part also contains lists and
 * `account.json`, and stays below 2 GB.
 */
const PART_BYTES = 1_800_000_000;
/** How many exports a user can make in 24 hours. */
export const EXPORTS_A_DAY = 5;

/** The number of files in a part, and their total size (`bytes`). Deleted files that can still be restored are included. */
const Part = z.object({ files: z.int(), bytes: z.int() });

/**
 * An export. It contains nothing that was created at `created_at` or later. Its parts can be downloaded until `expires_at`.
 * `lost_files` are the ids of files that are left out, because their bytes could not be read.
 */
export const Export = z.object({
  id: z.uuid(),
  parts: z.array(Part),
  lost_files: z.array(z.uuid()),
  created_at: Timestamp,
  expires_at: Timestamp,
});
export type Export = z.infer<typeof Export>;

const Rows = z.array(Export);

/** Makes an export of what the user has now. Throws `quota_exceeded` after too many exports in 24 hours. */
export async function createExport(userId: string): Promise<Export> {
  const parameters = { p_user: userId, p_part_bytes: PART_BYTES, p_count: EXPORTS_A_DAY };
  const [made] = Rows.parse(unwrap(await adminClient().rpc("create_export", parameters)));
  if (made) return made;
  const message = `You can make ${EXPORTS_A_DAY} exports in 24 hours. Use one of your earlier exports, or wait.`;
  throw new AppError("quota_exceeded", message, { retryAfter: 3600 });
}

/** Returns the exports that the user of the client `supabase` can still download, newest first. */
export async function listExports(supabase: SupabaseClient): Promise<Export[]> {
  return Rows.parse(unwrap(await supabase.from("exports").select().order("created_at", { ascending: false })));
}

/** Returns an export. Returns null if the user of the client `supabase` has no such export, or if the export has expired. */
export async function getExport(id: string, supabase: SupabaseClient): Promise<Export | null> {
  return Export.nullable().parse(unwrap(await supabase.from("exports").select().eq("id", id).maybeSingle()));
}

/** Returns the URL path of a part of an export. The first part has the number 1. */
export function exportPartPath(id: string, part: number): string {
  return `/api/account/exports/${id}/parts/${part}`;
}

/** Formats an export for the API. */
export function serializeExport({ id, created_at, expires_at, parts }: Export) {
  const withUrls = parts.map((part, index) => ({ ...part, url: exportPartPath(id, index + 1) }));
  return { id, created_at, expires_at, parts: withUrls };
}
