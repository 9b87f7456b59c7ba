import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Replicate from "replicate";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { eventually, SDXL, SECRET, small, TOKEN } from "./serve.ts";

const Ready = z.object({ ready: z.string() });

function run(dir: string, options: { silent?: boolean } = {}) {
  const child = fork("sandbox/replicate/main.ts", {
    env: { ...process.env, SANDBOX_DIR: dir, REPLICATE_API_TOKEN: TOKEN, REPLICATE_WEBHOOK_SIGNING_SECRET: SECRET },
    ...options,
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function start(dir: string) {
  const child = run(dir);
  const [message] = await once(child, "message");
  const replicate = new Replicate({ auth: TOKEN, baseUrl: Ready.parse(message).ready, useFileOutput: false });
  return { child, replicate };
}

test("a killed server restarts with all its data, and stops when its parent ends", async () => {
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

test("with a journal of another version it does not start, and says what to delete", async () => {
  const dir = await mkdtemp(join(tmpdir(), "replicate-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const journal = join(dir, "replicate/journal.jsonl");
  await mkdir(join(dir, "replicate"));
  await writeFile(journal, '{"kind":"prediction","id":"old","record":{"id":"old","shape":"another"}}\n');
  const child = run(dir, { silent: true });
  const exited = once(child, "exit");
  expect((await once(child, "message"))[0]).toEqual({
    failed: `${journal} was written by another version of this app. Delete ${join(dir, "replicate")} to start without its data, or all of .sandbox to start over.`,
  });
  expect(await exited).toEqual([1, null]);
});

test("it ends when its parent ends during start-up", async () => {
  const dir = await mkdtemp(join(tmpdir(), "replicate-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const child = run(dir, { silent: true });
  child.disconnect();
  expect(await once(child, "exit")).toEqual([0, null]);
});
