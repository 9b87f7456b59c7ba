import { describe } from "@/components/media/describe";
import { thumbOf } from "@/components/media/media-in-input";
import type { GalleryMedia, Upload } from "@/lib/media/schema";
import { acceptsFile } from "@/lib/models/inputs/accepted-files";
import type { Field } from "@/lib/models/inputs/fields";
import type { MediaChoice } from "./media-choice";

export function toMediaChoice(media: GalleryMedia): MediaChoice {
  const { url, thumb_url, poster_url, kind, content_type, duration_ms } = media;
  const thumb = kind === "image" ? (thumb_url ?? url) : (poster_url ?? "");
  return { value: url, thumb, label: describe(media), kind, content_type, duration_ms };
}

export function uploadToMediaChoice(upload: Pick<Upload, "url"> & Partial<Upload>): MediaChoice {
  const { url, thumb_url, name, kind, content_type, duration_ms } = upload;
  const thumb = thumb_url ?? (kind === undefined || kind === "image" ? thumbOf(url) : "");
  return { value: url, thumb, label: name || "Uploaded file", kind, content_type, duration_ms };
}

/**
 * Adds to each choice the names of the fields that take it. If all fields take it, or if its kind is not known, adds nothing.
 * Leaves out choices that no field takes.
 */
export function fitChoices(choices: MediaChoice[], mediaFields: Field[]): MediaChoice[] {
  return choices.flatMap((choice) => {
    const { kind, content_type = "" } = choice;
    if (!kind) return choice;
    const taking = mediaFields.filter(({ takes }) => acceptsFile(takes, { kind, content_type }));
    if (taking.length === mediaFields.length) return choice;
    return taking.length > 0 ? { ...choice, fields: taking.map(({ name }) => name) } : [];
  });
}
