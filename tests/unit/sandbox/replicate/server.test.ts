import { http } from "msw";
import { setupServer } from "msw/node";
import Replicate from "replicate";
import { expect, onTestFinished, test } from "vitest";
import { createReplicate } from "../../../../sandbox/replicate/server.ts";
import { poll, SDXL, SECRET, small, TOKEN } from "./serve.ts";

test("the handler works in msw, also for dropped connections", async () => {
  const origin = "https://api.replicate.com";
  const sandbox = createReplicate({ dir: null, origin, token: TOKEN, webhookSecret: SECRET, clock: 100 });
  const server = setupServer(http.all(`${origin}/*`, ({ request }) => sandbox.handle(request)));
  server.listen();
  onTestFinished(() => {
    server.close();
    sandbox.close();
  });
  const replicate = new Replicate({ auth: TOKEN, useFileOutput: false });
  const output = await replicate.run(`stability-ai/sdxl:${SDXL}`, { input: small, ...poll });
  expect(output).toEqual([expect.stringMatching(`^${origin}/delivery/`)]);
  expect((await replicate.models.search("sdxl")).results).toHaveLength(1);
  const lost = fetch(`${origin}/v1/predictions`, {
    method: "POST",
    headers: { authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify({ version: SDXL, input: { prompt: "[lost]", ...small } }),
  });
  await expect(lost).rejects.toThrow(TypeError);
});
