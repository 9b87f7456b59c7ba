import "server-only";
import type { UploadRow } from "@/lib/media/schema";
import { expiryOf } from "@/lib/media/uploads/rows";
import { uploadUrl } from "@/lib/api-v1/signed-file-urls";

/** Returns an upload in the format of a file in Replicate's API. `origin`: the app's origin, for the signed URL. */
export function toReplicateFile(row: UploadRow, origin: string) {
  const { id, name, content_type, bytes, sha256, metadata, created_at } = row;
  return {
    id,
    name,
    content_type,
    size: bytes,
    etag: sha256,
    checksums: { sha256 },
    metadata: metadata ?? {},
    created_at,
    expires_at: expiryOf(row),
    urls: { get: uploadUrl(origin, id) },
  };
}
