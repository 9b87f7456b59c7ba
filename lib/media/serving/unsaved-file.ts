import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { LENGTH_HEADER, rangeNotSatisfiable } from "@/lib/http";
import { notFound } from "@/lib/request-params";
import { isAllowedUrl } from "@/lib/security/allowed-url";
import { safetyHeaders } from "./file-response";
import { servedType } from "./served-types";

/** Replicate must begin to send the file within this time (ms). */
const TIMEOUT = 15_000;
/** A transfer is stopped after this time (ms), because a serverless host stops every request after 300 seconds. */
const MAX_TIME = 280_000;

/**
 * Responds with a file that is not saved yet. `url` is its URL in the output of a prediction. The file is passed on from
 * Replicate, or decoded from a data URI. No redirect is followed, and nothing that identifies a user is sent. Throws `not_found`
 * if the URL is not allowed or the file does not exist, and `provider_unavailable` if Replicate cannot send it.
 */
export async function respondWithUnsaved(request: Request, url: string): Promise<Response> {
  const isData = /^data:/i.test(url);
  if (!isData && !isAllowedUrl(url, env().REPLICATE_DELIVERY_ORIGINS)) notFound();
  const upstream = await fetchFile(request, url, isData);
  const { status, headers } = upstream;
  if (status !== 200 && status !== 206) {
    // Closes the connection.
    await upstream.body?.cancel();
    if (status === 416) return rangeNotSatisfiable(Number(/\d+$/.exec(headers.get("content-range") ?? "")?.[0] ?? 0));
    return status === 404 || status === 410 ? notFound() : unavailable();
  }
  const { contentType, isShown } = servedType((headers.get("content-type") ?? "").split(";")[0]?.trim() ?? "");
  const length = headers.get("content-length");
  const range = headers.get("content-range");
  return new Response(request.method === "HEAD" ? null : upstream.body, {
    status: range ? 206 : 200,
    headers: {
      "cache-control": "private, no-store",
      "referrer-policy": "no-referrer",
      "content-type": contentType,
      "content-disposition": isShown ? "inline" : "attachment",
      ...safetyHeaders(contentType),
      ...(headers.get("accept-ranges") === "bytes" && { "accept-ranges": "bytes" }),
      ...(range && { "content-range": range }),
      // The length of a compressed response is not the length of the file.
      ...(length && !headers.has("content-encoding") && { [LENGTH_HEADER]: length }),
    },
  });
}

async function fetchFile(request: Request, url: string, isData: boolean): Promise<Response> {
  const slow = new AbortController();
  const timer = setTimeout(() => slow.abort(), TIMEOUT);
  const range = request.headers.get("range");
  try {
    return await fetch(url, {
      method: isData || request.method !== "HEAD" ? "GET" : "HEAD",
      signal: AbortSignal.any([request.signal, slow.signal, AbortSignal.timeout(MAX_TIME)]),
      redirect: "error",
      cache: "no-store",
      credentials: "omit",
      headers: { accept: "*/*", "accept-encoding": "identity", ...(range && !isData && { range }) },
    });
  } catch (error) {
    return unavailable(error);
  } finally {
    clearTimeout(timer);
  }
}

function unavailable(cause?: unknown): never {
  throw new AppError("provider_unavailable", "The file could not be read. Try again in a moment.", {
    cause,
    retryAfter: 2,
  });
}
