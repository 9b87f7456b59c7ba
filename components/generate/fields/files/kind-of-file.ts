import { kindOfUrl } from "@/components/media/kind";
import type { MediaKind } from "@/lib/media/schema";

/** Some operating systems report no type for these images, so they are recognized by their extensions. */
const untypedImage = /\.(heic|heif|tiff?|bmp)$/i;

/**
 * Returns the kind of a file, from its type or its name. Returns null for a file with neither a type nor an extension. Only the
 * server can recognize the kind of such a file, from the bytes.
 */
export function kindOfFile({ type, name = "" }: { type: string; name?: string }): MediaKind | null {
  const [family = ""] = type.split("/");
  if (family === "image" || family === "video" || family === "audio") return family;
  if (untypedImage.test(name)) return "image";
  const kind = kindOfUrl(name);
  return kind !== "file" || type || /\.\w+$/.test(name) ? kind : null;
}
