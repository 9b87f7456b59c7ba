const ID = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}";
const PATH = new RegExp(`^/api/(media|uploads)/(${ID})$`);

/** A saved file or an upload, named by its id. */
export type MediaReference = { kind: "media" | "uploads"; id: string };

/** JSON Schema pattern of a user's own image as a model input: its path, or only its id. */
export const OWN_MEDIA_PATTERN = `^(?:/api/(?:media|uploads)/)?${ID}$`;

export function mediaPath(id: string) {
  return `/api/media/${id}`;
}

export function uploadPath(id: string) {
  return `/api/uploads/${id}`;
}

/** Returns the file that a path of this app names; null for any other value. */
export function parseMediaPath(path: unknown): MediaReference | null {
  const [, kind, id] = (typeof path === "string" && PATH.exec(path)) || [];
  return id ? { kind: kind === "uploads" ? "uploads" : "media", id } : null;
}
