import { handle } from "./http/handle-request.ts";
import { listen } from "./http/listen.ts";
import { createSandbox, type Options } from "./sandbox.ts";

/** Replicate's HTTP API as one function: serve it, or mount it in msw. */
export function createReplicate(options: Options) {
  const sandbox = createSandbox(options);
  return {
    handle: (request: Request) => handle(sandbox, request),
    /** Stops every run and keeps what is unfinished for the next start. */
    close: () => sandbox.close(),
  };
}

/** The same on a port of this machine, 0 for a free one. */
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
