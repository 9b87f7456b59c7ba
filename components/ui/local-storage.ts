// In the private windows of some browsers, local storage is not available. Local storage can also be full. So it contains
// only data without which the app still works.

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
    // The text is not saved, and later visits start without it.
  }
}

/** Returns a saved JSON value. Null if there is none, if it is not valid JSON, or if local storage is not available. */
export function readStoredJson(key: string): unknown {
  try {
    return JSON.parse(readStored(key) ?? "null");
  } catch {
    return null;
  }
}
