import { SignedOut } from "./signed-out";

/** How long a deletion can be taken back (s): longer than that is offered, so that one can sign in again meanwhile. */
export const undoFor = 120;

/** Asks the server to change an image. Throws when it does not: `SignedOut`, or an error of whatever reason. */
async function ask(id: string, path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(`/api/media/${id}${path}`, init);
  if (!response.ok) throw failureOf(response);
  return response;
}

function failureOf({ status }: Response) {
  return status === 401 ? new SignedOut() : new Error(`${status}`);
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

/** One that was deleted already, with an answer that was lost or in another tab, is deleted as well. */
export async function remove(id: string) {
  const response = await fetch(`/api/media/${id}?undo=${undoFor}`, { method: "DELETE" });
  if (!response.ok && response.status !== 404) throw failureOf(response);
}

/** As many as the server takes at one time. */
const most = 100;

/** Deletes all of them; answers with those that are gone, whoever deleted them, and what went wrong. */
export async function removeAll(ids: string[]) {
  const { answered, unanswered, isSignedOut } = await askAll(ids, `?undo=${undoFor}`, "DELETE", "deleted");
  return { deleted: answered, isComplete: unanswered.length === 0, isSignedOut };
}

/** Takes deletions back; answers with those that are there again, those that the server was not heard about, and why. */
export async function restoreAll(ids: string[]) {
  const { named, unanswered, isSignedOut } = await askAll(ids, "/restore", "POST", "restored");
  return { restored: named, unanswered, isSignedOut };
}

async function askAll(ids: string[], path: string, method: string, field: string) {
  const parts = Array.from({ length: Math.ceil(ids.length / most) }, (_, index) =>
    ids.slice(index * most, (index + 1) * most),
  );
  const headers = { "content-type": "application/json" };
  const answers = await Promise.allSettled(
    parts.map(async (part) => {
      const response = await fetch(`/api/media${path}`, { method, headers, body: JSON.stringify({ ids: part }) });
      if (!response.ok) throw failureOf(response);
      const body: unknown = await response.json();
      const done: unknown = typeof body === "object" && body !== null ? Reflect.get(body, field) : null;
      return Array.isArray(done) ? done.filter((id) => typeof id === "string") : [];
    }),
  );
  const partsThat = (status: string) => parts.filter((_, index) => answers[index]?.status === status).flat();
  return {
    named: answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : [])),
    answered: partsThat("fulfilled"),
    unanswered: partsThat("rejected"),
    isSignedOut: answers.some((answer) => answer.status === "rejected" && answer.reason instanceof SignedOut),
  };
}
