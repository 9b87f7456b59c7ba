import { kindOfUrl } from "@/components/media/kind";
import type { MediaKind } from "@/lib/media/schema";

/** The extensions of images for which some operating systems report no type. */
const untypedImage = /\.(heic|heif|tiff?|bmp)$/i;

/** The kind of a file, from its type or its name. Null if both are unknown: the server then finds the kind from the bytes. */
export function kindOfFile({ type, name = "" }: { type: string; name?: string }): MediaKind | null {
  const [family = ""] = type.split("/");
  if (family === "image" || family === "video" || family === "audio") return family;
  if (untypedImage.test(name)) return "image";
  const kind = kindOfUrl(name);
  return kind !== "file" || type || /\.\w+$/.test(name) ? kind : null;
}
