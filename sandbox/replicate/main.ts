import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { ignoreOutputErrors, sendToParent, waitForStop } from "../start/parent-process.ts";
import { serveReplicate } from "./server.ts";

// A local Replicate in its own process. It sends its parent process `{ ready }` when it accepts requests, or `{ failed }` when it
// cannot start.

async function main() {
  const stopRequested = waitForStop();
  ignoreOutputErrors();
  const { SANDBOX_DIR, SANDBOX_REPLICATE_PORT, REPLICATE_API_TOKEN, REPLICATE_WEBHOOK_SIGNING_SECRET } = process.env;
  const token = REPLICATE_API_TOKEN || `r8_sandbox_${randomBytes(16).toString("hex")}`;
  const served = await serveReplicate({
    dir: join(SANDBOX_DIR || ".sandbox", "replicate"),
    port: Number(SANDBOX_REPLICATE_PORT || 0),
    token,
    webhookSecret: REPLICATE_WEBHOOK_SIGNING_SECRET || `whsec_${randomBytes(24).toString("base64")}`,
  });
  const url = `${served.origin}/v1`;
  if (process.channel) await sendToParent({ ready: url });
  else console.log(`REPLICATE_API_BASE_URL=${url}\nREPLICATE_API_TOKEN=${token}`);

  await stopRequested;
  served.close();
  process.exit(0);
}

main().catch(async (error: unknown) => {
  console.error(error);
  await sendToParent({ failed: error instanceof Error ? error.message : String(error) });
  process.exit(1);
});
