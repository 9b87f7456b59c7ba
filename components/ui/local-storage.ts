// Local storage is not available in some browsers' private windows, and it can be full. What is kept there is only a convenience.

/** Returns a saved text. Null if there is none, or if local storage is not available. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Saves a text for later visits, if possible. */
export function writeStored(key: string, text: string) {
  try {
    localStorage.setItem(key, text);
  } catch {
    // Later visits start without it.
  }
}

/** Like `readStored`, for JSON. Returns null for invalid JSON too. */
export function readStoredJson(key: string): unknown {
  try {
    return JSON.parse(readStored(key) ?? "null");
  } catch {
    return null;
  }
}
