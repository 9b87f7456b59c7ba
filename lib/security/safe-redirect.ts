import type { Route } from "next";

const here = "http://here.invalid";

/**
 * Returns the path, query and fragment of `next` if `next` stays on this site, otherwise `fallback`. The resulting path is
 * checked once more, because `/.//evil.example` becomes `//evil.example`, which is another host.
 */
export function safeRedirect(next: unknown, fallback: Route): Route {
  const path = localPath(next);
  return path !== null && isNormal(path) ? path : fallback;
}

function isNormal(path: string): path is Route {
  return localPath(path) === path;
}

function localPath(target: unknown): string | null {
  if (typeof target !== "string" || target === "" || !URL.canParse(target, here)) return null;
  const url = new URL(target, here);
  return url.origin === here ? url.pathname + url.search + url.hash : null;
}
