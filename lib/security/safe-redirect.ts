import type { Route } from "next";

// Only ever compared with itself; nothing is fetched from it.
const here = "http://here.invalid";

/**
 * The path, query and fragment of `next` when it stays on this site, else `fallback`.
 * Parsed twice: `/.//evil.example` is a path of ours whose normal form, `//evil.example`, is another host.
 */
export function safeRedirect(next: unknown, fallback: Route): Route {
  const path = ownPath(next);
  return path !== null && isPlain(path) ? path : fallback;
}

function isPlain(path: string): path is Route {
  return ownPath(path) === path;
}

function ownPath(address: unknown): string | null {
  if (typeof address !== "string" || address === "" || !URL.canParse(address, here)) return null;
  const url = new URL(address, here);
  return url.origin === here ? url.pathname + url.search + url.hash : null;
}
