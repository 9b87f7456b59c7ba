import { handleRequest } from "./http/handle-request.ts";
import { listen } from "./http/listen.ts";
import { createSandbox, type Options } from "./sandbox.ts";

/**
 * Returns the local Replicate: `handle` returns the response to a request. Tests can use `handle` without a server, with the
 * package msw, which intercepts requests.
 */
export function createReplicate(options: Options) {
  const sandbox = createSandbox(options);
  return {
    handle: (request: Request) => handleRequest(sandbox, request),
    /** Stops all runs. The next sandbox with the same folder continues them. */
    close: () => sandbox.close(),
  };
}

/** Serves the API on a port of 127.0.0.1. Port 0 chooses a free port. */
export async function serveReplicate(options: Omit<Options, "origin"> & { port: number }) {
  let replicate: ReturnType<typeof createReplicate> | undefined;
  const { server, origin } = await listen(options.port, (given) => {
    replicate = createReplicate({ ...options, origin: given });
    return replicate.handle;
  });
  return {
    origin,
    close() {
      server.close();
      server.closeAllConnections();
      replicate?.close();
    },
  };
}
