import "server-only";
import { recordResponse } from "./provider-status";

/** Set on the answers made here: Replicate's status, or 0 when there was no answer. */
export const UPSTREAM_STATUS = "x-upstream-status";

/** The longest answer that is read (bytes): of a POST, and of a question, which may be about a run with endless logs. */
const LONGEST = { POST: 4 * 1024 * 1024, GET: 32 * 1024 * 1024 };

/**
 * `fetch` for the official client, which would repeat any request up to five times after a network error and any
 * GET after a 5xx, at once and without heed to Retry-After. A create that seemed to fail may have started, and billed,
 * a prediction, so nothing may be repeated behind our back: every failure becomes a 424, a status the client hands on
 * as it is. Never cached; an answer takes at most `timeout` ms and is read whole.
 */
export function fetchWithoutRetry(timeout: number): typeof fetch {
  return async (input, init) => {
    try {
      const response = await fetch(input, {
        ...init,
        cache: "no-store",
        redirect: "error",
        signal: AbortSignal.any([AbortSignal.timeout(timeout), ...(init?.signal ? [init.signal] : [])]),
      });
      const isPost = init?.method === "POST";
      recordResponse(response.status, isPost && response.url.endsWith("/predictions"));
      const body = response.status === 204 ? null : await readText(response, isPost ? LONGEST.POST : LONGEST.GET);
      if (response.ok) return new Response(body, response);
      const headers = new Headers({ [UPSTREAM_STATUS]: String(response.status) });
      const retryAfter = response.headers.get("retry-after");
      if (retryAfter) headers.set("retry-after", retryAfter);
      return new Response(body, { status: 424, headers });
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : "no answer";
      return new Response(reason, { status: 424, headers: { [UPSTREAM_STATUS]: "0" } });
    }
  };
}

async function readText(response: Response, limit: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > limit) throw new Error(`The answer is longer than ${limit} bytes.`);
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
