import Replicate from "replicate";
import { inject } from "vitest";
import type { User } from "../../support/users";

/** Returns Replicate's official client, which sends its requests to an app in place of Replicate. */
export function createClient(
  { accessToken }: Pick<User, "accessToken">,
  { appUrl }: { appUrl: string } = inject("stack"),
): Replicate {
  return new Replicate({ auth: accessToken, baseUrl: `${appUrl}/api/v1` });
}

/** The APP_URL of an app that seems to be behind an https proxy. There is no such proxy. */
export const HTTPS_URL = "https://localhost";

/** Returns a `fetch` that sends requests for `HTTPS_URL` directly to the app. */
export function fetchThroughProxy({ appUrl }: { appUrl: string }): typeof fetch {
  return (input, init) => fetch(String(input).replace(HTTPS_URL, appUrl), init);
}

/** Returns the names of all methods of the official client, such as `models.versions.get`. */
export function listMethods(client: Replicate): string[] {
  const inherited = Object.getOwnPropertyNames(Replicate.prototype).filter((name) => name !== "constructor");
  const { fetch: _, ...own } = client;
  return [...inherited, ...namesIn(own)].toSorted();
}

function namesIn(value: unknown, path: string[] = []): string[] {
  if (typeof value === "function") return [path.join(".")];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => namesIn(part, [...path, name]));
}
