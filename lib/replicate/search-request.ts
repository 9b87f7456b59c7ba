import "server-only";

// Replicate expects the words of a search for models as plain text in the body. But the official client sends every body as
// JSON, so it would put the words in quotes.

/**
 * Returns the options of a request that searches for models. The types of the official client accept only an object as `data`.
 * `toJSON` makes the client convert this object to the words in quotes, and `sendBareWords` removes the quotes.
 */
export function searchRequest(words: string) {
  return { method: "QUERY", headers: { "Content-Type": "text/plain" }, data: { toJSON: () => words } };
}

/** Returns a `fetch` that sends the words of a search as plain text. */
export function sendBareWords(send: typeof fetch): typeof fetch {
  return (url, init) => {
    if (init?.method !== "QUERY" || typeof init.body !== "string") return send(url, init);
    const words: unknown = JSON.parse(init.body);
    return send(url, { ...init, body: String(words) });
  };
}
