const ID = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}";
const PATH = new RegExp(`^/api/(media|uploads)/(${ID})$`);

/** A saved file or an upload, named by its id. */
export type MediaReference = { kind: "media" | "uploads"; id: string };

/** A regular expression, for JSON Schema, of an own image as a model's input: its path or its id alone. */
export const OWN_MEDIA_PATTERN = `^(?:/api/(?:media|uploads)/)?${ID}$`;

/** The path in this app of a saved file's bytes. */
export function mediaPath(id: string) {
  return `/api/media/${id}`;
}

/** The path in this app of an upload's bytes. */
export function uploadPath(id: string) {
  return `/api/uploads/${id}`;
}

/** The saved file or upload that a path of this app names; null for any other value. */
export function parseMediaPath(path: unknown): MediaReference | null {
  const [, kind, id] = (typeof path === "string" && PATH.exec(path)) || [];
  return id ? { kind: kind === "uploads" ? "uploads" : "media", id } : null;
}
