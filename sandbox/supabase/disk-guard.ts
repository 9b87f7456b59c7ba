import type { Connection } from "@supabase/lite";
import { sql } from "kysely";
import { z } from "zod";
import { hasRoom } from "../start/disk-space.ts";

const INTERVAL = 1_000;
const FULL = "The disk is full.";
/**
 * The paths of requests that upload a file. Requests with the excluded paths only sign URLs, or list, move or copy stored files.
 */
const UPLOAD = /^\/storage\/v1\/object\/(?!(sign|list|move|copy)\b)/;

/**
 * Makes PGlite read-only while its disk is almost full. (At Supabase, the database of a project becomes read-only, too.) On a
 * full disk, PGlite could not extend its log. It would then reject statements, or accept them and do nothing, until the database
 * is opened again. Calls `onBroken` if PGlite is in this state.
 */
export function guardDisk(folder: string, connection: Connection, onBroken: () => void) {
  let isFull = false;

  async function check(): Promise<void> {
    const wasFull = isFull;
    isFull = !(await hasRoom(folder));
    if (isFull !== wasFull) console.error(isFull ? FULL : "The disk has room again.");
    const value = isFull ? "on" : "off";
    try {
      const statement = sql`select set_config('default_transaction_read_only', ${value}, false) as value`;
      const { rows } = await statement.execute(connection.kysely);
      z.tuple([z.object({ value: z.literal(value) })]).parse(rows);
    } catch (error) {
      // All requests share the only connection of PGlite. The error 25P02 means that a statement of a request has failed, and
      // that the transaction of this request is still open. PGlite itself works, so this check ignores the error.
      if (error instanceof Error && "code" in error && error.code === "25P02") return;
      console.error(error);
      onBroken();
    }
  }

  const timer = setInterval(() => void check(), INTERVAL);
  return { check, stop: () => clearInterval(timer) };
}

/**
 * Changes responses while the disk is full: an upload gets a 507, and a failed request to auth gets a 503 instead of a 500. After
 * a 500, the official client would delete its session. After a 503, the client tries again. Calls `onFailure` after each 500 of
 * `handle`.
 */
export function respondOnFullDisk(
  folder: string,
  handle: (request: Request) => Promise<Response>,
  onFailure: () => Promise<void>,
) {
  return async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const isUpload = /^(POST|PUT)$/.test(request.method) && UPLOAD.test(pathname);
    if (isUpload && !(await hasRoom(folder, Number(request.headers.get("content-length"))))) {
      return Response.json({ statusCode: "507", error: "InsufficientStorage", message: FULL }, { status: 507 });
    }
    const response = await handle(request);
    if (response.status !== 500) return response;
    await onFailure();
    if (!pathname.startsWith("/auth/v1/") || (await hasRoom(folder))) return response;
    return Response.json({ code: 503, error_code: "unexpected_failure", msg: FULL }, { status: 503 });
  };
}
