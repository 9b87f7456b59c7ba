/** How long a deletion can be taken back (s). */
export const undoFor = 15;

/** Asks the server to change a picture. Throws when it does not, whatever the reason. */
async function ask(id: string, path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(`/api/images/${id}${path}`, init);
  if (!response.ok) throw new Error(`${response.status}`);
  return response;
}

export async function markFavorite(id: string, favorite: boolean) {
  const headers = { "content-type": "application/json" };
  await ask(id, "", { method: "PATCH", headers, body: JSON.stringify({ favorite }) });
}

/** Makes it public and answers with its token. */
export async function share(id: string): Promise<string> {
  const response = await ask(id, "/share", { method: "POST" });
  const body: unknown = await response.json();
  const token = typeof body === "object" && body !== null && "share_token" in body ? body.share_token : null;
  if (typeof token !== "string") throw new TypeError("The answer has no token.");
  return token;
}

export async function unshare(id: string) {
  await ask(id, "/share", { method: "DELETE" });
}

export async function remove(id: string) {
  await ask(id, `?undo=${undoFor}`, { method: "DELETE" });
}

export async function restore(id: string) {
  await ask(id, "/restore", { method: "POST" });
}
