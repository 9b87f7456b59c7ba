import "server-only";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { AppError, type InvalidField } from "@/lib/errors";
import { log } from "@/lib/log";

const MAX_BODY = 64 * 1024;
const PRIVATE = {
  "cache-control": "private, no-store",
  vary: "Cookie, Authorization",
  "x-content-type-options": "nosniff",
};

/** A route handler whose every thrown error leaves as problem+json. Anything unexpected is logged and says nothing. */
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

/** Handlers for the methods that a route does not have: 405 with `Allow` and a problem, where Next's own 405 is empty. */
export function methodNotAllowed(...own: Method[]) {
  const allow = [...own, "OPTIONS"].toSorted().join(", ");
  const refuse = route<unknown>((request) =>
    Promise.reject(new AppError("method_not_allowed", `${request.method} is not for this address, but ${allow}.`)),
  );
  async function handle(request: Request) {
    const response = await refuse(request, undefined);
    response.headers.set("allow", allow);
    return response;
  }
  const OPTIONS = () => new Response(null, { status: 204, headers: { allow } });
  return { OPTIONS, GET: handle, POST: handle, PUT: handle, PATCH: handle, DELETE: handle };
}

function problem(request: Request, thrown: unknown): Response {
  const error =
    thrown instanceof AppError
      ? thrown
      : new AppError("internal", "Something failed here. It has been noted; try again.", { cause: thrown });
  const requestId = crypto.randomUUID();
  if (error.status >= 500) {
    log.error(error.code, {
      request_id: requestId,
      method: request.method,
      path: new URL(request.url).pathname,
      cause: error.cause,
    });
  }
  return Response.json(
    {
      type: error.code,
      title: error.code.replaceAll("_", " "),
      status: error.status,
      detail: error.message,
      ...(error.invalidFields && { invalid_fields: error.invalidFields }),
      ...(error.retryAfter !== undefined && { retry_after: error.retryAfter }),
      request_id: requestId,
    },
    {
      status: error.status,
      headers: {
        ...PRIVATE,
        "content-type": "application/problem+json",
        ...(error.retryAfter !== undefined && { "retry-after": String(error.retryAfter) }),
      },
    },
  );
}

/** A JSON answer for one person: never cached by anybody else, revalidated by its ETag where one is given. */
export function json(body: unknown, init: { status?: number; headers?: Record<string, string> } = {}): Response {
  return Response.json(body, { status: init.status ?? 200, headers: { ...PRIVATE, ...init.headers } });
}

/** 204: it is done, and there is nothing to show for it. */
export function noContent(): Response {
  return new Response(null, { status: 204, headers: PRIVATE });
}

/** A file for one person to save. */
export function attachment(body: ReadableStream<Uint8Array>, contentType: string, disposition: string): Response {
  return new Response(body, {
    headers: { ...PRIVATE, "content-type": contentType, "content-disposition": disposition },
  });
}

/** 304: what the caller has is still true. */
export function notModified(etag: string, headers: Record<string, string> = {}): Response {
  return new Response(null, { status: 304, headers: { ...PRIVATE, ...headers, etag } });
}

/**
 * The request's JSON body, checked. Stops reading past 64 KB.
 * Throws 415 for another content type, 413, 400 for what is not a JSON object, 422 with the wrong fields.
 */
export async function readBody<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.infer<Schema>> {
  if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(request.headers.get("content-type") ?? "")) {
    throw new AppError("unsupported_media_type", "Send the body as application/json.");
  }
  if (request.headers.get("content-encoding")) {
    throw new AppError("unsupported_media_type", "Send the body without a content encoding.");
  }
  const text = await readText(request, MAX_BODY);
  const parsed = schema.safeParse(parseObject(text));
  if (parsed.success) return parsed.data;
  throw new AppError("invalid_input", "Some fields are wrong.", {
    invalidFields: parsed.error.issues.map(invalidField),
  });
}

/** The body as text, at most `limit` bytes: reading stops there and 413 is thrown. */
export async function readText(request: Request, limit: number): Promise<string> {
  return new TextDecoder().decode(await readBytes(request, limit));
}

/** The body as it is, at most `limit` bytes: reading stops there and 413 is thrown. */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => new AppError("payload_too_large", `The body may be ${Math.floor(limit / 1024)} KB long.`);
  if (Number(request.headers.get("content-length")) > limit) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of request.body ?? []) {
      length += chunk.byteLength;
      if (length > limit) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("invalid_body", "The body broke off.", { cause: error });
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function parseObject(text: string): unknown {
  let body: unknown;
  let isHostile = false;
  let isUnstorable = false;
  try {
    body = JSON.parse(text, (key, value: unknown) => {
      isHostile ||= key === "__proto__";
      isUnstorable ||= !isStorable(key) || (typeof value === "string" && !isStorable(value));
      return value;
    });
  } catch (cause) {
    throw new AppError("invalid_json", "The body is not JSON.", { cause });
  }
  if (isUnstorable) throw new AppError("invalid_body", "The body holds characters that no text has.");
  if (isHostile) throw new AppError("invalid_body", "The field __proto__ is unknown.");
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new AppError("invalid_body", "The body must be a JSON object.");
  }
  return body;
}

function invalidField(issue: z.core.$ZodIssue): InvalidField {
  return { field: issue.path.join("."), description: issue.message, type: issue.code };
}

/** Postgres stores neither NUL nor halves of surrogate pairs. */
function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}
