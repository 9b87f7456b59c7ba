import "server-only";
import { readAtMost } from "@/lib/read-at-most";
import { recordResponse } from "./provider-status";

/** Header of the responses made here: Replicate's status, or 0 when there was no response. */
export const UPSTREAM_STATUS = "x-upstream-status";

/** The most bytes read of a response, by method. A prediction with endless logs is large. */
const MAX_BYTES = { POST: 4 * 1024 * 1024, GET: 32 * 1024 * 1024 };

/**
 * `fetch` for the official client, which retries up to five times at once and ignores Retry-After. A create that seemed
 * to fail may have started, and billed, a prediction, so nothing may be retried: every failure becomes a 424, which the
 * client passes on. Uncached. A response takes at most `timeout` ms and is read whole.
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
      const limit = isPost ? MAX_BYTES.POST : MAX_BYTES.GET;
      const bytes = await readAtMost(response.body, limit);
      if (!bytes) throw new Error(`The response is longer than ${limit} bytes.`);
      const body = response.status === 204 ? null : bytes;
      if (response.ok) return new Response(body, response);
      const headers = new Headers({ [UPSTREAM_STATUS]: String(response.status) });
      const retryAfter = response.headers.get("retry-after");
      if (retryAfter) headers.set("retry-after", retryAfter);
      return new Response(body, { status: 424, headers });
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : "no response";
      return new Response(reason, { status: 424, headers: { [UPSTREAM_STATUS]: "0" } });
    }
  };
}
