import { randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Process } from "../support/process";
import { fillGallery } from "../support/seed";
import { startNext } from "../support/services";
import { findFreePort } from "../../sandbox/start/ports";
import { createUser } from "../support/users";
import { sendRequest, stack } from "./support/send-request";
import { listEndpoints, withHeaders } from "./support/endpoints";
import { addFigures } from "./support/figures";
import { studioPages } from "./support/pages";
import { findNewestImage, setPrompts } from "./support/seed";

const user = await createUser(stack);
const folder = mkdtempSync(join(tmpdir(), "darkroom-no-proxy-"));
let app: Process;
let appUrl: string;

// Starts the same build without the code of `proxy.ts`, which is removed from the manifest.
beforeAll(async () => {
  await fillGallery(stack, user, 1);
  await setPrompts(user, ["a hidden drawer"]);
  for (const file of ["package.json", "next.config.mjs"]) cpSync(file, join(folder, file));
  for (const link of ["node_modules", "public"]) symlinkSync(resolve(link), join(folder, link));
  const isNeeded = (path: string) => !/\.next\/(cache|dev|trace)/.test(path);
  cpSync(".next", join(folder, ".next"), { recursive: true, verbatimSymlinks: true, filter: isNeeded });
  const manifest = join(folder, ".next/server/functions-config-manifest.json");
  const { functions, ...rest } = JSON.parse(readFileSync(manifest, "utf8")) as { functions: Record<string, unknown> };
  const { "/_middleware": _proxy, ...others } = functions;
  writeFileSync(manifest, JSON.stringify({ ...rest, functions: others }));

  const port = await findFreePort();
  app = await startNext(["start", folder], port, { ...stack.env, APP_URL: `http://localhost:${port}` });
  appUrl = `http://localhost:${port}`;
});
afterAll(async () => {
  await app?.kill("SIGTERM");
  rmSync(folder, { recursive: true });
});

test("without the proxy the app refuses the same requests", async () => {
  const image = await findNewestImage(user);
  const pages = await Promise.all(studioPages.map((path) => sendRequest({ path }, appUrl)));
  // Only the proxy sets this header. The pages do not have it, so the proxy does not run here.
  expect(pages.map(({ headers }) => headers.get("content-security-policy"))).toEqual(studioPages.map(() => null));
  expect(pages.map(({ status }) => status)).toEqual(studioPages.map(() => 307));
  for (const { text } of pages) expect(text).not.toContain("a hidden drawer");

  const endpoints = listEndpoints({ prediction: randomUUID(), image }).map((endpoint) =>
    withHeaders(endpoint, { origin: appUrl }),
  );
  const others = [
    { path: `/api/media/${image}` },
    { path: `/api/uploads/${image}` },
    { path: "/api/replicate/webhook", method: "POST", body: "{}" },
    { path: "/api/cron/sweep" },
  ];
  const answers = await Promise.all([...endpoints, ...others].map((endpoint) => sendRequest(endpoint, appUrl)));
  expect(answers.map(({ status }) => status)).toEqual([...endpoints.map(() => 401), 404, 404, 401, 404]);
  addFigures(stack, "no proxy", { "endpoints without the proxy": pages.length + answers.length, open: 0 });
});
