import "server-only";
import { z } from "zod";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { adminClient } from "@/lib/supabase/admin-client";
import { unwrap } from "@/lib/supabase/result";
import { MediaRow, type SharedMedia } from "@/lib/media/schema";
import { mediaPath } from "@/lib/media/media-urls";
import { canDecode } from "@/lib/media/renditions/decoder";
import { PREVIEW, sizeWithin } from "@/lib/media/renditions/thumbnail";

/** A share token: 128 random bits in base64url. */
const TOKEN = /^[\w-]{22}$/;

/**
 * Makes an image public and returns its token. While the image stays public, its token does not change. Returns null if the user
 * has no such image. Throws `sharing_not_allowed` if sharing is off, or if an administrator has ended the sharing of this image.
 */
export async function shareMedia(userId: string, id: string): Promise<string | null> {
  if (!env().SHARING) throw new AppError("sharing_not_allowed", "Sharing is turned off on this site.");
  const token = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64url");
  const result = await adminClient().rpc("share_media", { p_user: userId, p_id: id, p_token: token });
  const [shared] = z.array(z.string().nullable()).max(1).parse(unwrap(result));
  if (shared !== null) return shared ?? null;
  const message = "An administrator has ended the sharing of this file. You cannot share it again.";
  throw new AppError("sharing_not_allowed", message);
}

/** Makes an image private: its token never works again. Returns false if the user has no such image. */
export async function unshareMedia(userId: string, id: string): Promise<boolean> {
  const images = adminClient().from("sdxl_images").update({ share_token: null });
  const result = await images.eq("id", id).eq("user_id", userId).is("purge_at", null).select("id");
  return z.array(z.unknown()).parse(unwrap(result)).length > 0;
}

/**
 * Returns the row of the image that is shared with this token. Returns null if there is no such image, if its user is blocked, or
 * if sharing is off.
 */
export async function getSharedRow(token: string): Promise<MediaRow | null> {
  if (!env().SHARING || !TOKEN.test(token)) return null;
  const result = await adminClient().rpc("find_shared_media", { p_token: token });
  return z.array(MediaRow).max(1).parse(unwrap(result))[0] ?? null;
}

/**
 * Returns what anyone with the link may see of the image that is shared with this token. Returns null if there is no such image.
 */
export async function getSharedMedia(token: string): Promise<SharedMedia | null> {
  const row = await getSharedRow(token);
  if (!row) return null;
  const { prompt, alt, tool, model, kind, content_type, width, height, duration_ms, bytes } = row;
  const url = `${mediaPath(row.id)}?token=${token}`;
  const preview =
    width && height && canDecode(row)
      ? { url: `${url}&size=preview`, ...sizeWithin(PREVIEW, { width, height }) }
      : null;
  const poster_url = row.poster_path && `${url}&size=poster`;
  const shown = { prompt, alt, tool, model, kind, content_type, width, height, duration_ms, bytes };
  return { url, download_url: `${url}&download`, poster_url, preview, ...shown };
}
