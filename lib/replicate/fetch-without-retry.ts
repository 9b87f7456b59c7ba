import "server-only";
import { readAtMost } from "@/lib/read-at-most";
import { recordResponse } from "./provider-outage";

/**
 * The name of a header that we add to a response. Its value is the status of Replicate's response, or 0 if Replicate did not
 * respond.
 */
export const UPSTREAM_STATUS = "x-upstream-status";

/**
 * The largest size of a response (bytes). It depends on the method of the request: a GET may return a prediction with long logs.
 */
const MAX_BYTES = { POST: 4 * 1024 * 1024, GET: 32 * 1024 * 1024 };

/**
 * Returns a `fetch` that stops the official client from retrying. By default, the client sends a failed request up to five
 * more times, without a pause. But a create request that seems to fail may have started a prediction, and each retry could
 * start another paid one. The client does not retry after the status 424. So this `fetch` returns each failure with status
 * 424, and puts the real status into the header `UPSTREAM_STATUS`. Responses are not cached, and must be complete within
 * `timeout` ms.
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
