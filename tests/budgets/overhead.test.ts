import { chromium, type Browser, type Page } from "@playwright/test";
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { listAccepted, listRequestsAbout } from "../support/api";
import { startAnotherApp } from "../support/another-app";
import { startBareServer } from "./support/bare-server";
import { browserArgs, requireBrowser } from "../support/browser";
import { isFull, size } from "../support/form";
import { quantile } from "../support/quantile";

/**
 * The full form (`npm run budgets`) measures many images. The short form makes only a few, and allows more overhead (`most`),
 * because the machine may be busy.
 */
const IMAGES = size(2, 20);
const most = (ratio: number) => (isFull ? ratio : 3 * ratio);
/** A run of 30 steps takes 2.4 s. So it ends between two webhooks for its log, which are sent twice a second. */
const STEPS = 30;

const stack = inject("stack");
let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: requireBrowser(), args: browserArgs });
});
afterAll(() => browser?.close());

test(
  "with webhooks the overhead is near the floor, with at most 2 requests to Replicate",
  { timeout: 300_000 },
  async () => {
    const { overhead, floor, requests } = await measure(stack.appUrl, "called back");
    report("With webhooks", overhead, requests, floor);
    expect(Math.max(...requests)).toBeLessThanOrEqual(2);
    expect(quantile(overhead, 0.5) / quantile(floor, 0.5)).toBeLessThanOrEqual(most(2));
  },
);

test(
  "without webhooks the overhead is a little larger, with at most 6 requests to Replicate",
  { timeout: 300_000 },
  async () => {
    const app = await startAnotherApp(stack, { REPLICATE_WEBHOOK_SIGNING_SECRET: "" });
    onTestFinished(() => app.stop());
    const { overhead, floor, requests } = await measure(app.appUrl, "asked for");
    report("Without webhooks", overhead, requests, floor);
    expect(Math.max(...requests)).toBeLessThanOrEqual(6);
    expect(quantile(overhead, 0.5) / quantile(floor, 0.5)).toBeLessThanOrEqual(most(3));
  },
);

/**
 * Makes images in the app and on the page of the bare server, in turn, so that other load of the machine affects both. Returns
 * for each image the time from the click to the painted image, without the time of the run (ms): `overhead` for the app,
 * `floor` for the bare server.
 */
async function measure(appUrl: string, subject: string) {
  const page = await browser.newPage();
  await page.goto(`${appUrl}/login`);
  await page.getByRole("button", { name: "Use the demo account" }).click();
  await page.getByLabel("Steps", { exact: true }).fill(String(STEPS));
  const bare = await startBareServer(stack.env, STEPS);
  onTestFinished(bare.stop);
  const barePage = await browser.newPage();
  await barePage.goto(bare.url);

  // The first images are not measured: the server loads code, and learns how long a run of this model takes.
  for (const prompt of ["first", "second", "third"]) await makeImage(page, `${subject} ${prompt}`);
  const overhead: number[] = [];
  const floor: number[] = [];
  const requests: number[] = [];
  for (let index = 0; index < IMAGES; index += 1) {
    const prompt = `${subject} ${index}, a lighthouse at dawn`;
    const elapsed = await makeImage(page, prompt);
    const [remote] = await listAccepted(stack, prompt);
    overhead.push(elapsed - modelTime(remote));
    requests.push((await listRequestsAbout(stack, remote?.id ?? "")).length);
    const barePrompt = `floor of ${prompt}`;
    const least = await makeBareImage(barePage, barePrompt);
    floor.push(least - modelTime((await listAccepted(stack, barePrompt))[0]));
  }
  await page.close();
  await barePage.close();
  return { overhead, floor, requests };
}

/** Returns how long the run of a prediction took at Replicate (ms). */
function modelTime(remote: Awaited<ReturnType<typeof listAccepted>>[number] | undefined): number {
  return Date.parse(remote?.completed_at ?? "") - Date.parse(remote?.created_at ?? "");
}

async function makeImage(page: Page, prompt: string): Promise<number> {
  await page.bringToFront();
  await page.getByRole("textbox", { name: "Prompt", exact: true }).fill(prompt);
  await waitForPaint(page);
  const submit = await page.getByRole("button", { name: "Generate" }).elementHandle();
  const elapsed = await page.evaluate(
    async ([button, label]) => {
      const start = performance.now();
      (button as HTMLElement).click();
      const frame = () => new Promise(requestAnimationFrame);
      const find = () => document.querySelector<HTMLImageElement>(`article[aria-label="${label}"] img`);
      let image = find();
      for (; !image; image = find()) await frame();
      await image.decode();
      do await frame();
      while (getComputedStyle(image).visibility !== "visible");
      await frame();
      return performance.now() - start;
    },
    [submit, prompt] as const,
  );
  // Waits until the image is saved, so that saving does not slow the next image. This time is not measured.
  await page.locator(`article[aria-label="${prompt}"]`).getByText("Saved").waitFor();
  return elapsed;
}

/** Makes an image on the empty page of the bare server. Returns the time until the image is painted (ms). */
async function makeBareImage(page: Page, prompt: string): Promise<number> {
  await page.bringToFront();
  await waitForPaint(page);
  return page.evaluate(async (text) => {
    const start = performance.now();
    const answer = await fetch("/image", { method: "POST", body: text });
    const image = document.createElement("img");
    image.src = await answer.text();
    document.body.replaceChildren(image);
    await image.decode();
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    return performance.now() - start;
  }, prompt);
}

/** Waits until a page that has come to the front is painted. For a user who clicks, it is painted already. */
function waitForPaint(page: Page) {
  return page.evaluate(async () => {
    const idle = () => new Promise((resolve) => requestIdleCallback(resolve));
    await idle();
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    await idle();
  });
}

function report(name: string, overhead: number[], requests: number[], floor: number[]) {
  const [p50, p95, bottom] = [quantile(overhead, 0.5), quantile(overhead, 0.95), quantile(floor, 0.5)];
  console.log(
    `${name}: click to image less the model's time p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms over ${overhead.length}; ` +
      `floor ${bottom.toFixed(0)} ms, ratio ${(p50 / bottom).toFixed(2)}; requests to Replicate at most ${Math.max(...requests)}`,
  );
}
