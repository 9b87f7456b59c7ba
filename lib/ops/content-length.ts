import "server-only";
import { subscribe } from "node:diagnostics_channel";
import { ServerResponse } from "node:http";
import { LENGTH_HEADER } from "@/lib/http";

/**
 * Sends the length of a download as `Content-Length`, so that browsers show its progress. Next removes this header from every
 * response of a route, because it would be wrong for a body that fetch has decompressed. So a route sends the length in a header
 * of our own, which becomes `Content-Length` when Node writes the headers. On hosts that do not use Node's HTTP server, our own
 * header is sent unchanged.
 */
export function restoreContentLengths() {
  subscribe("http.server.response.created", (message) => {
    if (!hasResponse(message)) return;
    const { response } = message;
    const writeHead = response.writeHead.bind(response);
    const withLength = (...values: Parameters<typeof writeHead>) => {
      const length = response.getHeader(LENGTH_HEADER);
      if (length !== undefined) {
        response.removeHeader(LENGTH_HEADER);
        response.setHeader("content-length", length);
      }
      return writeHead(...values);
    };
    Object.assign(response, { writeHead: withLength });
  });
}

function hasResponse(message: unknown): message is { response: ServerResponse } {
  return (
    typeof message === "object" &&
    message !== null &&
    "response" in message &&
    message.response instanceof ServerResponse
  );
}
