import type { Connection } from "@supabase/lite";
import { sql } from "kysely";
import { z } from "zod";
import { hasRoom } from "../start/disk-space.ts";

const INTERVAL = 1_000;
const FULL = "The disk is full.";
/** The paths of requests that write a new file. The excluded paths only read, sign, move or copy files. */
const UPLOAD = /^\/storage\/v1\/object\/(?!(sign|list|move|copy)\b)/;

/**
 * Makes PGlite read-only while its disk is almost full, like a hosted project. Otherwise PGlite would break when it cannot extend
 * its log: it would reject statements, or accept them and do nothing, until it is opened again. Calls `onBroken` if PGlite
 * breaks.
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
      // PGlite has only one connection. The error 25P02 means that a request has a failed transaction open on it. This is not a
      // failure of PGlite, and the next check will work.
      if (error instanceof Error && "code" in error && error.code === "25P02") return;
      console.error(error);
      onBroken();
    }
  }

  const timer = setInterval(() => void check(), INTERVAL);
  return { check, stop: () => clearInterval(timer) };
}

/**
 * On a full disk, responds 507 to uploads and 503 to sign-in requests that fail. Otherwise they would get a 500, and after a 500
 * the official client ends the session. After each 500 of `handle`, calls `onFailure`.
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
