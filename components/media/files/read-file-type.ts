/**
 * Asks the server for the content type of a file that could not be shown as an image. Returns null if the file does not exist, or
 * if its type is that of an image.
 */
export async function readFileType(path: string): Promise<string | null> {
  const response = await fetch(path, { method: "HEAD" }).catch(() => null);
  const type = response?.ok ? response.headers.get("content-type") : null;
  return type?.startsWith("image/") ? null : (type ?? null);
}
