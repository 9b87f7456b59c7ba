import type { Connection } from "@supabase/lite";
import { sql } from "kysely";
import { z } from "zod";
import { hasRoom } from "../start/disk-space.ts";

const INTERVAL = 1_000;
const FULL = "The disk is full.";
/** The paths of requests that write a new file. The excluded paths only read, sign, move or copy files. */
const UPLOAD = /^\/storage\/v1\/object\/(?!(sign|list|move|copy)\b)/;

/**
 * Makes PGlite read-only while its disk is almost full, as a hosted project does. On a full disk, PGlite would break, because it
 * could not extend its log. It would then reject statements, or accept them and do nothing, until the database is opened again.
 * Calls `onBroken` if PGlite has broken.
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
      // All requests share the only connection of PGlite. The error 25P02 means that a transaction of a request has failed, but
      // is still open on the connection. PGlite itself has not failed, and the next check will work.
      if (error instanceof Error && "code" in error && error.code === "25P02") return;
      console.error(error);
      onBroken();
    }
  }

  const timer = setInterval(() => void check(), INTERVAL);
  return { check, stop: () => clearInterval(timer) };
}

/**
 * Changes responses while the disk is full: an upload gets a 507, and a sign-in request that fails gets a 503 instead of a 500,
 * because the official client ends the session after a 500. Calls `onFailure` after each 500 of `handle`.
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
