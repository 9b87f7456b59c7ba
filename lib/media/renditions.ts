import "server-only";
import pLimit from "p-limit";
import { AppError } from "@/lib/errors";
import { unwrap, adminClient } from "@/lib/supabase/admin";
import { readObject } from "./storage";
import type { StoredFile } from "./rows";
import { makePreview } from "./thumbnail";

/** Previews made at one time: each decodes an original. */
const making = pLimit(1);

/** One of the forms in which an image is given out. */
export type Rendition = {
  /** Tells the forms of one image apart, in ETags. */
  mark: string;
  contentType: string;
  extension: string;
  /** Bytes; null where that is known only when it is read. */
  length: number | null;
  /** Throws `not_found` when storage has no such file, `db_unavailable` when it does not answer. */
  read: () => Promise<ReadableStream<Uint8Array>>;
};

const THUMB = { mark: "-thumb", contentType: "image/webp", extension: "webp", length: null } as const;
const JPEG = { mark: "-preview", contentType: "image/jpeg", extension: "jpg", length: null } as const;

/** The original; for `thumb` a small WebP where there is one, for `preview` a JPEG, which is made when it is first asked for. */
export function getRendition(image: StoredFile, size: string | null): Rendition {
  const { storage_path: path, thumb_path: thumb, content_type: contentType, bytes: length } = image;
  if (size === "thumb" && thumb) return { ...THUMB, read: () => readObject(thumb) };
  if (size === "preview") return { ...JPEG, read: () => readPreview(path) };
  return {
    mark: "",
    contentType,
    extension: path.slice(path.lastIndexOf(".") + 1),
    length,
    read: () => readObject(path),
  };
}

/** Beside the original, so that it goes when that goes. */
async function readPreview(path: string): Promise<ReadableStream<Uint8Array>> {
  const preview = path.replace(/[^.]*$/, "preview.jpg");
  try {
    return await readObject(preview);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "not_found") throw error;
    return making(async () => {
      const bytes = await makePreview(await new Response(await readObject(path)).bytes());
      const contentType = "image/jpeg";
      const body = new Blob([new Uint8Array(bytes)], { type: contentType });
      unwrap(await adminClient().storage.from("images").upload(preview, body, { contentType, upsert: true }));
      return body.stream();
    });
  }
}
