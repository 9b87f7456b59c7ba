import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/errors";

/** The seconds of `Prefer: wait` (60) or `Prefer: wait=n` (1 to 60), as Replicate reads it; 0 without one. */
export function waitSeconds(request: Request): number {
  const match = /(?:^|[\s,;])wait(?:=(\d+))?(?=$|[\s,;])/i.exec(request.headers.get("prefer") ?? "");
  if (!match) return 0;
  return Math.min(60, Math.max(1, Number(match[1] ?? 60)));
}

/** The tag of what the caller has; a proxy that compresses answers may have made it a weak one. */
export function ifNoneMatch(request: Request): string | null {
  return request.headers.get("if-none-match")?.replace(/^W\//, "") ?? null;
}

/** The request's Idempotency-Key, or a new one, with which nothing can be repeated. Throws `invalid_key`. */
export function parseIdempotencyKey(request: Request): string {
  return keyOf(request.headers.get("idempotency-key"));
}

/** The same of a form's key. */
export function keyOf(given: string | null): string {
  if (given === null) return crypto.randomUUID();
  if (!/^[\x21-\x7e]{1,200}$/.test(given)) {
    throw new AppError("invalid_key", "An Idempotency-Key is 1 to 200 visible ASCII characters, such as a UUID.");
  }
  return given;
}

/** The id in a route's path. Throws `not_found` for what no id of ours can be, before anything is looked up. */
export async function requireId(context: { params: Promise<{ id: string }> }): Promise<string> {
  const { id } = await context.params;
  return z.uuid().safeParse(id).data?.toLowerCase() ?? notFound();
}

/** The ids of `?ids=` with commas between, 1 to 100, each once. Throws `invalid_query`. */
export function requireIds(request: Request): string[] {
  const ids = new URL(request.url).searchParams.get("ids")?.toLowerCase().split(",");
  const known = z.array(z.uuid()).min(1).max(100).safeParse(ids).data;
  if (!known) throw new AppError("invalid_query", "Ids are 1 to 100 ids of images, with commas between.");
  return [...new Set(known)];
}

/** The seconds of `?undo=n` (1 to 300) within which a deletion can be taken back; 0 without one. Throws `invalid_query`. */
export function undoSeconds(request: Request): number {
  const undo = new URL(request.url).searchParams.get("undo");
  if (undo === null) return 0;
  const seconds = z.coerce.number().int().min(1).max(300).safeParse(undo).data;
  if (seconds === undefined) throw new AppError("invalid_query", "Undo takes 1 to 300 seconds.");
  return seconds;
}

/** How many a page is to have, by `?limit=n` (1 to 100); 30 without one. Throws `invalid_query`. */
export function pageLimit(query: URLSearchParams): number {
  const limit = z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .safeParse(query.get("limit") ?? 30).data;
  if (limit === undefined) throw new AppError("invalid_query", "A page has 1 to 100 predictions.");
  return limit;
}

/** Unknown and somebody else's look the same. */
export function notFound(): never {
  throw new AppError("not_found", "There is nothing of yours with this id.");
}
