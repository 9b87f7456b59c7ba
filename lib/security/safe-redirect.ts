import type { Route } from "next";

// Only used to parse paths; nothing is fetched from it.
const here = "http://here.invalid";

/**
 * The path, query and fragment of `next` when it stays on this site, else `fallback`. It is parsed twice, because the
 * path `/.//evil.example` has the normal form `//evil.example`, which is another host.
 */
export function safeRedirect(next: unknown, fallback: Route): Route {
  const path = localPath(next);
  return path !== null && isNormal(path) ? path : fallback;
}

function isNormal(path: string): path is Route {
  return localPath(path) === path;
}

function localPath(address: unknown): string | null {
  if (typeof address !== "string" || address === "" || !URL.canParse(address, here)) return null;
  const url = new URL(address, here);
  return url.origin === here ? url.pathname + url.search + url.hash : null;
}
