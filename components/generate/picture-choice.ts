import type { GalleryImage } from "@/lib/images/schema";
import type { Field } from "@/lib/models/fields";

/** A picture that a model can be given. `value` is its path in this app. */
export type PictureChoice = { value: string; thumb: string; label: string };

export function choiceOf({ url, thumb_url: thumb, prompt }: GalleryImage): PictureChoice {
  return { value: url, thumb: thumb ?? url, label: prompt || "Picture without a prompt" };
}

export function choiceOfUpload(id: string): PictureChoice {
  const value = `/api/uploads/${id}`;
  return { value, thumb: value, label: "Uploaded picture" };
}

/** Whether a file input is for pictures. Models ask for sounds and films by the same kind of input. */
export function takesPicture({ kind, name }: Field) {
  return kind === "file" && !/audio|sound|music|song|video/i.test(name);
}

/** The path of one of the person's own pictures, where `address` is the address of one; else null. */
export function ownPath(address: string) {
  const url = URL.parse(address, location.href);
  const isOwn = url?.origin === location.origin && /^\/api\/(images|uploads)\/[0-9a-f-]{36}$/.test(url.pathname);
  return isOwn ? url.pathname : null;
}
