import "server-only";
import { extensionOf } from "@/lib/media/output-files";
import { signUrl } from "./url-signature";

/**
 * Returns the signed URL of an output file. `url` is the URL of this file at Replicate. Both URLs end with the same file name,
 * unless the name has special characters.
 */
export function outputUrl(origin: string, prediction: string, position: number, url: string): string {
  return signUrl("output", origin, `/api/v1/outputs/${prediction}/${position}/${nameOf(url, position)}`);
}

/** Returns the signed URL of an upload. */
export function uploadUrl(origin: string, id: string): string {
  return signUrl("file", origin, `/api/v1/files/${id}/download`);
}

/** Returns the signed URL of the server-sent events of a prediction. */
export function streamUrl(origin: string, prediction: string): string {
  return signUrl("stream", origin, `/api/v1/streams/${prediction}`);
}

/**
 * Returns the file name at the end of a URL, such as `out-0.png`. A name with special characters is replaced, for example by
 * `output-0.png`, because clients could encode these characters differently, and the signature is only valid for the exact
 * path.
 */
function nameOf(url: string, position: number): string {
  const name = /^https?:/i.test(url) ? (URL.parse(url)?.pathname.split("/").at(-1) ?? "") : "";
  if (/^\w[\w.-]{0,99}$/.test(name)) return name;
  const extension = extensionOf(url);
  return `output-${position}${extension ? `.${extension}` : ""}`;
}
