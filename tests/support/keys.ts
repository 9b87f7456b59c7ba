import { createApi } from "./api";
import type { User } from "./users";

type App = { appUrl: string };

/** Makes an API key for the user through the app's API. `given` contains more fields of the request. */
export async function makeKey(app: App, user: User, given: object = {}) {
  const response = await requestKey(app, user, given);
  if (response.status !== 201) throw new Error(`POST: ${response.status} ${await response.text()}`);
  return (await response.json()) as { id: string; key: string; start: string; name: string };
}

/** Sends a request for an API key, and returns the response, whatever its status. */
export function requestKey(app: App, user: User, given: object = {}): Promise<Response> {
  return createApi(app, user).ask("/api/account/keys", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "a script", ...given }),
  });
}

/** Calls an app with an API key. Returns the status and the JSON of the response. */
export async function askWithKey({ appUrl }: App, key: string, path = "/api/v1/account", init: RequestInit = {}) {
  const headers = { authorization: `Bearer ${key}`, ...Object.fromEntries(new Headers(init.headers)) };
  const response = await fetch(new URL(path, appUrl), { ...init, headers });
  const text = await response.text();
  return { status: response.status, body: text ? (JSON.parse(text) as Record<string, unknown>) : null };
}
