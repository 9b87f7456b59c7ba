import "server-only";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { AppError } from "@/lib/errors";
import { MAX_BODY_BYTES, MAX_HOSTED_BODY_BYTES } from "@/lib/limits/default-limits";
import { log } from "@/lib/log";
import { readAtMost } from "@/lib/read-at-most";

/** Matches a data URI that is a string in JSON. In JSON, the slashes may be escaped. */
const DATA_URI = /"data:(?:[^"\\]|\\\/)*"/gi;
/** With this header, browsers do not guess another content type. */
export const NO_SNIFFING = { "x-content-type-options": "nosniff" };
/** With this header, caches treat the responses to different users as different. */
export const VARY_BY_USER = { vary: "Cookie, Authorization" };
/** The name of our own header for the length of a response. lib/ops/content-length.ts changes it to `Content-Length`. */
export const LENGTH_HEADER = "x-body-length";
const PRIVATE = { "cache-control": "private, no-store", ...VARY_BY_USER, ...NO_SNIFFING };
const STREAMED = { ...PRIVATE, "x-accel-buffering": "no" };

/**
 * Wraps a route handler: every error becomes a problem+json response. An unexpected error becomes a 500 and is logged, and its
 * details are not sent.
 */
export function route<Context>(handle: (request: Request, context: Context) => Promise<Response>) {
  return async (request: Request, context: Context): Promise<Response> => {
    try {
      return await handle(request, context);
    } catch (error) {
      unstable_rethrow(error);
      return problem(request, error);
    }
  };
}

type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Returns handlers with a 405 in problem+json for methods that a route does not have. `allowed`: the methods that it has. */
export function methodNotAllowed(...allowed: Method[]) {
  const allow = [...allowed, "OPTIONS"].toSorted().join(", ");
  const handle = async (request: Request) => {
    const message = `${request.method} is not allowed here. Allowed: ${allow}.`;
    const response = problem(request, new AppError("method_not_allowed", message));
    response.headers.set("allow", allow);
    return response;
  };
  const OPTIONS = () => new Response(null, { status: 204, headers: { allow } });
  return { OPTIONS, GET: handle, POST: handle, PUT: handle, PATCH: handle, DELETE: handle };
}

function problem(request: Request, thrown: unknown): Response {
  const error =
    thrown instanceof AppError
      ? thrown
      : new AppError("internal", "Something went wrong on the server and was logged. Try again.", { cause: thrown });
  const { code, status, invalidFields, retryAfter } = error;
  const request_id = crypto.randomUUID();
  if (status >= 500) {
    const { pathname: path } = new URL(request.url);
    log.error(code, { request_id, method: request.method, path, cause: error.cause });
  }
  const body = {
    type: code,
    title: code.replaceAll("_", " "),
    status,
    detail: error.message,
    invalid_fields: invalidFields,
    retry_after: retryAfter,
    request_id,
  };
  const wait = retryAfter !== undefined && { "retry-after": String(retryAfter) };
  return json(body, { status, headers: { "content-type": "application/problem+json", ...wait } });
}

/** Returns a JSON response that no cache may store. */
export function json(body: unknown, init: { status?: number; headers?: Record<string, string> } = {}): Response {
  return Response.json(body, { status: init.status ?? 200, headers: { ...PRIVATE, ...init.headers } });
}

export function noContent(): Response {
  return new Response(null, { status: 204, headers: PRIVATE });
}

/** Returns a file download that no cache may store. */
export function attachment(body: BodyInit | null, contentType: string, disposition: string): Response {
  return new Response(body, {
    headers: { ...PRIVATE, "content-type": contentType, "content-disposition": disposition },
  });
}

/** Returns a response of server-sent events. Its headers forbid proxies to store or buffer the events. */
export function eventStream(body: ReadableStream<Uint8Array>, headers: Record<string, string> = {}): Response {
  return new Response(body, { headers: { ...STREAMED, "content-type": "text/event-stream", ...headers } });
}

/** Returns a text response that is sent piece by piece, while the text is being written. */
export function textStream(body: ReadableStream<Uint8Array>, headers: Record<string, string>): Response {
  return new Response(body, { headers: { ...STREAMED, "content-type": "text/plain; charset=utf-8", ...headers } });
}

/** Returns a 304, which means that the client's copy is current. */
export function notModified(etag: string, headers: Record<string, string> = {}): Response {
  return new Response(null, { status: 304, headers: { ...PRIVATE, ...headers, etag } });
}

/** Returns a 416, because the requested range begins after the end of the file, which has `length` bytes. */
export function rangeNotSatisfiable(length: number): Response {
  return new Response(null, { status: 416, headers: { ...PRIVATE, "content-range": `bytes */${length}` } });
}

/**
 * Returns the JSON body, validated by the schema. Throws 415 for another content type, 413 above 64 KB, 400 if the body is not a
 * JSON object, and 422 with the invalid fields if the schema rejects it.
 */
export async function readBody<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.infer<Schema>> {
  requireJson(request);
  return parseBody(await readText(request, MAX_BODY_BYTES), schema);
}

/** Like `readBody`, but the body may contain data URIs. A body with data URIs may have up to 4 MB, any other body up to 64 KB. */
export async function readBodyWithFiles<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  advice = "Upload large files with POST /api/uploads before this request.",
): Promise<z.infer<Schema>> {
  requireJson(request);
  const text = new TextDecoder().decode(await readBytes(request, MAX_HOSTED_BODY_BYTES, advice));
  if (Buffer.byteLength(text.replaceAll(DATA_URI, "")) > MAX_BODY_BYTES) throw tooLarge(MAX_BODY_BYTES);
  return parseBody(text, schema);
}

function requireJson(request: Request): void {
  if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(request.headers.get("content-type") ?? "")) {
    throw new AppError("unsupported_media_type", "Send the body as application/json.");
  }
  if (request.headers.get("content-encoding")) {
    throw new AppError("unsupported_media_type", "Send the body without Content-Encoding.");
  }
}

function parseBody<Schema extends z.ZodType>(text: string, schema: Schema): z.infer<Schema> {
  const parsed = schema.safeParse(parseObject(text));
  if (parsed.success) return parsed.data;
  throw new AppError("invalid_input", "Some fields are invalid.", {
    invalidFields: parsed.error.issues.map(({ path, message, code }) => ({
      field: path.join("."),
      description: message,
      type: code,
    })),
  });
}

/** Returns the body as text. Throws 413 above `limit` bytes, and 400 if it is incomplete. */
export async function readText(request: Request, limit: number): Promise<string> {
  return new TextDecoder().decode(await readBytes(request, limit));
}

/** Returns the body as bytes. Throws 413 above `limit` bytes, with `advice` in the message, and 400 if the body is incomplete. */
export async function readBytes(request: Request, limit: number, advice = ""): Promise<Uint8Array<ArrayBuffer>> {
  const isLong = Number(request.headers.get("content-length")) > limit;
  const bytes = isLong
    ? null
    : await readAtMost(request.body, limit).catch((cause: unknown) => {
        throw new AppError("invalid_body", "The request body was incomplete. Send it again.", { cause });
      });
  if (bytes) return bytes;
  throw tooLarge(limit, advice);
}

function tooLarge(limit: number, advice = ""): AppError {
  const size = limit < 1_000_000 ? `${Math.floor(limit / 1024)} KB` : `${limit / 1_000_000} MB`;
  return new AppError("payload_too_large", `The request body is larger than ${size}. ${advice}`.trim());
}

function parseObject(text: string): unknown {
  let body: unknown;
  let hasProto = false;
  let hasInvalidText = false;
  try {
    body = JSON.parse(text, (key, value: unknown) => {
      hasProto ||= key === "__proto__";
      hasInvalidText ||= !isStorable(key) || (typeof value === "string" && !isStorable(value));
      return value;
    });
  } catch (cause) {
    throw new AppError("invalid_json", "The request body is not valid JSON.", { cause });
  }
  if (hasInvalidText)
    throw new AppError("invalid_body", "The request body contains invalid Unicode or a NUL character.");
  if (hasProto) throw new AppError("invalid_body", "The field __proto__ is not allowed.");
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new AppError("invalid_body", "The request body must be a JSON object.");
  }
  return body;
}

/** Whether Postgres can store the text: it cannot store NUL or half of a surrogate pair. */
function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}
