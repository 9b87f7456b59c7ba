const ID = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}";
const PATH = new RegExp(`^/api/(media|uploads)/(${ID})$`);

/** The id of a saved file (`media`) or of an upload. */
export type MediaReference = { kind: "media" | "uploads"; id: string };

/** A JSON Schema pattern for a model input that must be one of the user's own files: its path, or only its id. */
export const OWN_MEDIA_PATTERN = `^(?:/api/(?:media|uploads)/)?${ID}$`;

export function mediaPath(id: string) {
  return `/api/media/${id}`;
}

export function uploadPath(id: string) {
  return `/api/uploads/${id}`;
}

/** Returns the kind and the id in the path of a saved file or an upload in this app. Returns null for any other value. */
export function parseMediaPath(path: unknown): MediaReference | null {
  const [, kind, id] = (typeof path === "string" && PATH.exec(path)) || [];
  return id ? { kind: kind === "uploads" ? "uploads" : "media", id } : null;
}

/** Whether a value is a URL that begins with `http://` or `https://`. */
export function isWebUrl(value: unknown): boolean {
  return typeof value === "string" && /^https?:\/\//i.test(value);
}
