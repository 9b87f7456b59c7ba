import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Replicate from "replicate";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { eventually, SDXL, SECRET, small, TOKEN } from "./serve.ts";

const Ready = z.object({ ready: z.string() });

async function start(dir: string) {
  const child = fork("sandbox/replicate/server.ts", {
    env: { ...process.env, SANDBOX_DIR: dir, REPLICATE_API_TOKEN: TOKEN, REPLICATE_WEBHOOK_SIGNING_SECRET: SECRET },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [message] = await once(child, "message");
  const replicate = new Replicate({ auth: TOKEN, baseUrl: Ready.parse(message).ready, useFileOutput: false });
  return { child, replicate };
}

test("a killed server comes back with everything it answered, and stops when its parent is gone", async () => {
  const dir = await mkdtemp(join(tmpdir(), "replicate-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const first = await start(dir);
  const { id } = await first.replicate.predictions.create({ version: SDXL, input: small });
  first.child.kill("SIGKILL");
  await once(first.child, "exit");

  const second = await start(dir);
  await eventually(async () => (await second.replicate.predictions.get(id)).status).toBe("succeeded");
  second.child.disconnect();
  expect(await once(second.child, "exit")).toEqual([0, null]);
});
