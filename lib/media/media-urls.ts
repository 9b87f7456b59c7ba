const ID = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}";
const PATH = new RegExp(`^/api/(media|uploads)/(${ID})$`);

/** Names a saved file or an upload by its id. */
export type MediaReference = { kind: "media" | "uploads"; id: string };

/** The JSON Schema pattern for a model input that is one of the user's own files: its path, or only its id. */
export const OWN_MEDIA_PATTERN = `^(?:/api/(?:media|uploads)/)?${ID}$`;

export function mediaPath(id: string) {
  return `/api/media/${id}`;
}

export function uploadPath(id: string) {
  return `/api/uploads/${id}`;
}

/** Parses the path of a saved file or an upload in this app. Null for any other value. */
export function parseMediaPath(path: unknown): MediaReference | null {
  const [, kind, id] = (typeof path === "string" && PATH.exec(path)) || [];
  return id ? { kind: kind === "uploads" ? "uploads" : "media", id } : null;
}
