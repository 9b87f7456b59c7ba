import "server-only";
import { z } from "zod";
import { parseCursor } from "@/lib/cursor";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { MAX_FILES_PER_REQUEST } from "@/lib/limits/default-limits";
import { originOf } from "@/lib/security/origin";

/**
 * Returns the seconds in the header `Prefer: wait=n`, as in Replicate's API: 1 to 60. Returns 60 for `wait` without a number, and
 * 0 without the header.
 */
export function waitSeconds(request: Request): number {
  const match = /(?:^|[\s,;])wait(?:=(\d+))?(?=$|[\s,;])/i.exec(request.headers.get("prefer") ?? "");
  if (!match) return 0;
  return Math.min(60, Math.max(1, Number(match[1] ?? 60)));
}

/**
 * Returns the ETag of the client's copy, or null. Removes the mark `W/`, which a proxy that compresses responses may have added.
 */
export function ifNoneMatch(request: Request): string | null {
  return request.headers.get("if-none-match")?.replace(/^W\//, "") ?? null;
}

/**
 * Returns the idempotency key that a client sent in a header or a form. If `given` is null, returns a new key. Throws
 * `invalid_key`.
 */
export function parseIdempotencyKey(given: string | null): string {
  if (given === null) return crypto.randomUUID();
  if (!/^[\x21-\x7e]{1,200}$/.test(given)) {
    throw new AppError("invalid_key", "An Idempotency-Key must have 1 to 200 visible ASCII characters. Send a UUID.");
  }
  return given;
}

/** Returns the id in a route's path, a UUID in lower case. Throws `not_found` for anything else. */
export async function requireId(context: { params: Promise<{ id: string }> }): Promise<string> {
  const { id } = await context.params;
  return z.uuid().safeParse(id).data?.toLowerCase() ?? notFound();
}

/** Returns the ids in `?ids=a,b,c` without duplicates: 1 to `MAX_FILES_PER_REQUEST` UUIDs. Throws `invalid_query`. */
export function requireIds(request: Request): string[] {
  const ids = new URL(request.url).searchParams.get("ids")?.toLowerCase().split(",");
  const parsed = z.array(z.uuid()).min(1).max(MAX_FILES_PER_REQUEST).safeParse(ids).data;
  if (!parsed) {
    const message = `The parameter "ids" must contain 1 to ${MAX_FILES_PER_REQUEST} ids, separated by commas.`;
    throw new AppError("invalid_query", message);
  }
  return [...new Set(parsed)];
}

/**
 * Returns for how many seconds a deletion can be undone: the number of `?undo=n` (1 to 300), or 0 without this parameter. Throws
 * `invalid_query`.
 */
export function parseUndoSeconds(request: Request): number {
  return parseCount(new URL(request.url).searchParams, "undo", 300, 0);
}

/** Returns the page size of `?limit=n` (1 to 100), or `fallback` without this parameter. Throws `invalid_query`. */
export function pageLimit(query: URLSearchParams, fallback: number): number {
  return parseCount(query, "limit", 100, fallback);
}

/**
 * Returns the cursor of `?cursor=`: the value of `next` in an earlier page. Returns undefined without this parameter. Throws
 * `invalid_query` if the cursor is invalid.
 */
export function pageCursor(query: URLSearchParams): string | undefined {
  const cursor = query.get("cursor") ?? undefined;
  if (cursor !== undefined && !parseCursor(cursor)) {
    throw new AppError("invalid_query", 'The parameter "cursor" must be the value of "next" in an earlier page.');
  }
  return cursor;
}

function parseCount(query: URLSearchParams, name: string, most: number, fallback: number): number {
  const given = query.get(name);
  if (given === null) return fallback;
  const count = z
    .int()
    .min(1)
    .max(most)
    .safeParse(/^\d+$/.test(given) ? Number(given) : null).data;
  if (count === undefined)
    throw new AppError("invalid_query", `The parameter "${name}" must be a whole number from 1 to ${most}.`);
  return count;
}

/** An e-mail address that a user has typed. Addresses have at most 254 characters. */
export const Email = z.string().trim().max(254).pipe(z.email());

/** Returns the form of a server action. If a client has sent anything else, returns an empty form. */
export function formOf(given: unknown): FormData {
  return given instanceof FormData ? given : new FormData();
}

/** Throws `not_found`. The error is the same for an id that does not exist and for an id of another user. */
export function notFound(): never {
  throw new AppError("not_found", "Nothing in your account has this id.");
}

/** Returns the public origin of the app for links that lead back to it, such as `https://darkroom.example`. */
export function appOrigin(headers: Headers): string {
  return env().APP_URL ?? originOf(headers) ?? "";
}
