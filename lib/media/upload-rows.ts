import "server-only";
import { z } from "zod";
import { createUserClient } from "@/lib/supabase/user-client";
import { unwrap, adminClient } from "@/lib/supabase/admin";
import { isUnauthenticated } from "./queries";
import { UploadRow } from "./schema";

type NewUpload = Omit<UploadRow, "user_id" | "stored_at">;

const Rows = z.array(UploadRow);

/** Records an upload whose bytes come next, or finds the same image of theirs. Null: the person has `most` of them, all used within a day. */
export async function startUpload(userId: string, upload: NewUpload, most: number): Promise<UploadRow | null> {
  const parameters = { p_user: userId, p_upload: upload, p_limit: most };
  return Rows.parse(unwrap(await adminClient().rpc("start_upload", parameters)))[0] ?? null;
}

/** Null: it was deleted before its bytes had arrived. */
export async function finishUpload(id: string): Promise<UploadRow | null> {
  return Rows.parse(unwrap(await adminClient().rpc("finish_upload", { p_id: id })))[0] ?? null;
}

/** Which of these ids are uploads of this person's. They are kept for two weeks from now. */
export async function touchUploads(userId: string, ids: string[]): Promise<Set<string>> {
  const answer = await adminClient().rpc("touch_uploads", { p_user: userId, p_ids: ids });
  return new Set(z.array(z.uuid()).parse(unwrap(answer)));
}

/** An upload that the caller may see, by session or by the request's Bearer token. */
export async function getUploadRow(id: string, request: Request): Promise<UploadRow | null> {
  const supabase = await createUserClient(request);
  const answer = await supabase.from("uploads").select().eq("id", id).maybeSingle();
  return isUnauthenticated(answer.error) ? null : UploadRow.nullable().parse(unwrap(answer));
}

/** The signed-in person's uploads, the last used first. */
export async function listUploads(userId: string, limit: number): Promise<UploadRow[]> {
  const supabase = await createUserClient();
  const uploads = supabase.from("uploads").select().eq("user_id", userId);
  return Rows.parse(unwrap(await uploads.order("used_at", { ascending: false }).limit(limit)));
}
