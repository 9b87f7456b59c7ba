import "server-only";

// The official client sends every body as JSON, which would put quotes around the words of a search.

/**
 * Returns the options of a request that searches for models. The client's types accept only an object as `data`. The client
 * converts this object to JSON, which is only the words in quotes. Then `sendBareWords` removes the quotes.
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
