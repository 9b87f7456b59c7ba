import { chromium, type BrowserContext, type Page, type Request } from "@playwright/test";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createCookies } from "../e2e/support/fixtures";
import { browserArgs, requireBrowser } from "../support/browser";
import { startFileServer } from "../support/file-server";
import { isFull, size } from "../support/form";
import { createUser } from "../support/users";
import { addFigures } from "./support/figures";
import { createHostileMedia } from "./support/hostile-media";
import { saveFiles } from "./support/run-with-output";
import { parseBody, sendRequest, stack } from "./support/send-request";

// Opens hostile files of every kind in a real browser. No script may run, and no request may be sent to another server.

/** The files that a browser shows as images. */
const DRAWINGS = [
  "SVG with a script",
  "SVG with HTML inside",
  "SVG with images from elsewhere",
  "PNG with a page behind it",
];

const user = await createUser(stack);
// Turns off Chromium's checks of local network access. Otherwise, a page whose response a test has replaced could send no
// requests to this machine.
const args = [...browserArgs, "--disable-features=LocalNetworkAccessChecks"];
const browser = await chromium.launch({ executablePath: requireBrowser(), args });
/** The server from which the files try to load something. */
const trap = await startFileServer((_, response) => response.end("document.title = 'ran'"));
/** The server of another site. Its page `/?<url>` uses the file at this URL in every way. */
const site = await startFileServer((request, response) => {
  const url = decodeURIComponent(request.url?.slice(2) ?? "");
  response.setHeader("content-type", "text/html");
  response.end(`<!doctype html><title>Another site</title>${tagsOf(url)}`);
});
/** The full form tests all files. The short form tests those that browsers show, and every third of the others. */
const files = Object.fromEntries(
  Object.entries(await createHostileMedia(trap.origin)).filter(
    ([name], index) => isFull || index % 3 === 0 || DRAWINGS.includes(name),
  ),
);
const own: string[] = [];
const shared: string[] = [];

beforeAll(async () => {
  const { images } = await saveFiles(user, "a drawer of hidden things", Object.values(files));
  for (const { id, url } of images) {
    const answer = await sendRequest({ path: `/api/media/${id}/share`, method: "POST", as: user });
    own.push(stack.appUrl + url);
    shared.push(`${stack.appUrl}${url}?token=${String(parseBody(answer).share_token)}`);
  }
});
afterAll(() => Promise.all([browser.close(), trap.close(), site.close()]));

let context: BrowserContext;
/** The requests of the browser that have no response yet. */
const waiting = new Set<Request>();
beforeEach(async () => {
  context = await browser.newContext({ acceptDownloads: false });
  await context.addCookies(createCookies(user, stack.appUrl));
  waiting.clear();
  context.on("request", (request) => waiting.add(request));
  context.on("response", (response) => waiting.delete(response.request()));
  context.on("requestfailed", (request) => waiting.delete(request));
  return () => context.close();
});

/** Returns HTML that uses a file in every way in which a page can use one. */
function tagsOf(url: string): string {
  return (
    `<img src="${url}"><video src="${url}"></video><audio src="${url}"></audio><iframe src="${url}"></iframe>` +
    `<object data="${url}"></object><embed src="${url}"><script src="${url}"></script><link rel="stylesheet" href="${url}">`
  );
}

/**
 * Waits until the `<img>` of `tagsOf` has loaded or failed, and each request has a response. Returns whether the image is
 * shown.
 */
async function waitUntilUsed(page: Page): Promise<boolean> {
  await page.waitForFunction(() => document.querySelector<HTMLImageElement>("img[src*='/api/media/']")?.complete);
  await expect.poll(() => [...waiting].map((request) => request.url()), { timeout: 10_000 }).toEqual([]);
  return page.evaluate(() => document.querySelector<HTMLImageElement>("img[src*='/api/media/']")?.naturalWidth !== 0);
}

/** Removes these headers from the responses with which the app sends files. */
function withoutHeaders(...names: string[]) {
  return context.route(`${stack.appUrl}/api/media/**`, async (route) => {
    const response = await route.fetch();
    const headers = Object.entries(response.headers()).filter(([name]) => !names.includes(name));
    await route.fulfill({ response, headers: Object.fromEntries(headers) });
  });
}

test("R18 opened as a document, no file runs a script or loads anything", async () => {
  const page = await context.newPage();
  for (const url of [...own, ...shared]) {
    // `goto` throws for a file that the browser downloads instead of showing it.
    await page.goto(url, { waitUntil: "load" }).catch(() => null);
    expect([url, await page.title()]).toEqual([url, expect.not.stringMatching("ran")]);
  }
  expect(trap.headers).toEqual([]);
});

test("R18 in a browser that ignores Content-Disposition, the policy blocks scripts and requests", async () => {
  await withoutHeaders("content-disposition");
  const page = await context.newPage();
  const opened = [];
  for (const url of own) {
    const response = await page.goto(url, { waitUntil: "load" }).catch(() => null);
    if (response?.headers()["content-type"] === "image/svg+xml") opened.push(url);
    expect([url, await page.title()]).toEqual([url, expect.not.stringMatching("ran")]);
  }
  expect(opened.length).toBeGreaterThan(size(3, 5));
  expect(trap.headers).toEqual([]);
});

test("R18 in a page of ours, drawings are shown and nothing runs", { timeout: 120_000 }, async () => {
  const page = await context.newPage();
  const shown: string[] = [];
  await page.goto(stack.appUrl, { waitUntil: "load" });
  const title = await page.title();
  for (const [index, url] of own.entries()) {
    await page.evaluate((tags) => (document.body.innerHTML = tags), tagsOf(url));
    if (await waitUntilUsed(page)) shown.push(Object.keys(files)[index] ?? "");
    expect([url, await page.title()]).toEqual([url, title]);
  }
  expect(shown).toEqual(expect.arrayContaining(DRAWINGS));
  expect(trap.headers).toEqual([]);
  addFigures(stack, "R18", { "hostile media in a browser": own.length, "scripts run": 0, "requests elsewhere": 0 });
});

test("R18 in a page of another site, shared files run nothing", { timeout: 120_000 }, async () => {
  const page = await context.newPage();
  for (const url of shared) {
    await page.goto(`${site.origin}/?${encodeURIComponent(url)}`, { waitUntil: "commit" });
    await waitUntilUsed(page);
    expect([url, await page.title()]).toEqual([url, "Another site"]);
  }
  expect(trap.headers).toEqual([]);
});

test("R18 without these headers the same files run their scripts, so the other tests would notice", async () => {
  await withoutHeaders("content-disposition", "content-security-policy");
  const page = await context.newPage();
  await page.goto(own[0] ?? "", { waitUntil: "load" });
  await expect.poll(() => page.title()).toBe("ran");
  await expect.poll(() => trap.headers.length).toBeGreaterThan(0);
});
