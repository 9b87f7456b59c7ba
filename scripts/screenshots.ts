import { fork } from "node:child_process";
import { mkdtempSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { nextFreePort } from "../sandbox/start/ports.ts";
import { browserArgs, requireBrowser } from "../tests/support/browser.ts";
import { createCamera } from "./screenshots/camera.ts";
import { generateSamples, runningPrompts, startPrediction } from "./screenshots/images.ts";
import { writeLinkPreview } from "./screenshots/link-preview.ts";
import { root } from "./run-command.ts";

// npm run screenshots: starts the built app on a sandbox of its own, generates images, and writes public/screenshots/*.webp for
// the README and public/og.png for link previews.

const folder = join(root, "public/screenshots");
const dir = mkdtempSync(join(tmpdir(), "darkroom-screenshots-"));

type Sandbox = { url: string; env: Record<string, string>; stop: () => Promise<void> };

async function startSandbox(): Promise<Sandbox> {
  const port = await nextFreePort(4300);
  const child = fork(join(root, "sandbox/start.ts"), ["next", "start"], {
    cwd: root,
    env: { ...process.env, SANDBOX: "1", SANDBOX_DIR: dir, PORT: String(port) },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const env = await new Promise<Record<string, string>>((resolve, reject) => {
    child.once("message", (message: { env: Record<string, string> }) => resolve(message.env));
    child.once("exit", () => reject(new Error("The sandbox did not start.")));
  });
  const url = `http://localhost:${port}`;
  while (!(await fetch(`${url}/api/health`).catch(() => null))?.ok) await new Promise((done) => setTimeout(done, 200));
  return {
    url,
    env,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function takeScreenshots({ url, env }: Sandbox) {
  const browser = await chromium.launch({ executablePath: requireBrowser(), args: browserArgs });
  const desk = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 1.25,
  });
  const page = await desk.newPage();
  const takeScreenshot = createCamera(folder);

  await page.goto(url);
  await takeScreenshot(page, "landing");
  await writeLinkPreview(browser, url, join(root, "public/og.png"));

  await page.goto(`${url}/login?next=/dashboard/models`);
  await page.getByRole("button", { name: "Use the demo account" }).click();
  await page.waitForURL(`${url}/dashboard/models`);
  await generateSamples(page, env);

  await page.goto(`${url}/dashboard/generate`);
  for (const { prompt, shape } of runningPrompts) {
    await page.getByRole("textbox", { name: "Prompt", exact: true }).fill(prompt);
    await page.getByRole("radio", { name: shape }).check();
    await page.getByRole("button", { name: "Generate" }).click();
  }
  // Waits until the first prediction is about halfway.
  await page
    .getByText(/^Generating [456]\d %$/)
    .first()
    .waitFor();
  await takeScreenshot(page, "generate");

  await page.goto(`${url}/dashboard/gallery`);
  await takeScreenshot(page, "gallery");
  await page
    .getByRole("main")
    .getByRole("link")
    .filter({ has: page.getByRole("img") })
    .nth(1)
    .click();
  await page.getByRole("dialog", { name: "Image" }).waitFor();
  await takeScreenshot(page, "viewer");

  await startPrediction(page, { prompt: "A hot-air balloon over a green valley, early morning", num_outputs: 2 });
  await page.goto(`${url}/dashboard/history`);
  await page.setViewportSize({ width: 1280, height: 1100 });
  await page.getByText(/^Generating \d+ %/).waitFor();
  await takeScreenshot(page, "history");

  const session = await desk.storageState();
  const phone = await browser.newContext({
    storageState: session,
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
  });
  const small = await phone.newPage();
  await small.goto(`${url}/dashboard/gallery`);
  await takeScreenshot(small, "phone");
  await browser.close();
}

mkdirSync(folder, { recursive: true });
const sandbox = await startSandbox();
try {
  await takeScreenshots(sandbox);
} finally {
  await sandbox.stop();
  rmSync(dir, { recursive: true, force: true });
}
