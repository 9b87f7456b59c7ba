import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { askedToEnd, tellParent } from "../parent.ts";
import { handle } from "./handle.ts";
import { listen } from "./listen.ts";
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

async function main() {
  const asked = askedToEnd();
  const { SANDBOX_DIR, SANDBOX_REPLICATE_PORT, REPLICATE_API_TOKEN, REPLICATE_WEBHOOK_SIGNING_SECRET } = process.env;
  const token = REPLICATE_API_TOKEN || `r8_sandbox_${randomBytes(16).toString("hex")}`;
  const served = await serveReplicate({
    dir: join(SANDBOX_DIR || ".sandbox", "replicate"),
    port: Number(SANDBOX_REPLICATE_PORT || 0),
    token,
    webhookSecret: REPLICATE_WEBHOOK_SIGNING_SECRET || `whsec_${randomBytes(24).toString("base64")}`,
  });
  const url = `${served.origin}/v1`;
  if (process.channel) await tellParent({ ready: url });
  else console.log(`REPLICATE_API_BASE_URL=${url}\nREPLICATE_API_TOKEN=${token}`);

  await asked;
  served.close();
  process.exit(0);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main().catch(async (error: unknown) => {
    console.error(error);
    await tellParent({ failed: error instanceof Error ? error.message : String(error) });
    process.exit(1);
  });
}
