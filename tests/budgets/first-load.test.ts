import { gzipSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { expect, inject, onTestFinished, test } from "vitest";
import { createCookies } from "../e2e/support/fixtures";
import { createApi } from "../support/api";
import { browserArgs, requireBrowser } from "../support/browser";
import { fillGallery } from "../support/seed";
import { createUser, signIn } from "../support/users";

const KB = 1000;

test.each(["Generate", "Gallery"])("the first load of %s has at most 165 KB of script", async (place) => {
  const stack = inject("stack");
  const user = await signIn(stack);
  if (place === "Gallery") await fillGallery(stack, user, 1);
  const path = `/dashboard/${place.toLowerCase()}`;
  const page = await fetch(new URL(path, stack.appUrl), { headers: user.cookie, redirect: "error" });
  const tags = [...(await page.text()).matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
  // The browsers that the app supports do not load `nomodule` scripts.
  const sources = tags
    .filter((tag) => !/\bnomodule\b/i.test(tag))
    .flatMap((tag) => / src="([^"]+)"/.exec(tag)?.[1] ?? [])
    .map((source) => new URL(source, stack.appUrl).href);
  const scripts = new Set(sources);
  const total = await measureGzip(scripts);
  console.log(`First load of ${place}: ${total.toFixed(1)} KB of script in ${scripts.size} files (gzip)`);
  expect(scripts.size).toBeGreaterThan(0);
  expect(total).toBeLessThanOrEqual(165);
});

// The parts that show results are fetched only if the feed has a result.
test.each([
  { feed: "an empty feed", images: 0, limit: 184 },
  { feed: "an image in the feed", images: 1, limit: 192 },
])("with $feed, Generate fetches at most $limit KB of script by itself", async ({ feed, images, limit }) => {
  const stack = inject("stack");
  const user = await createUser(stack);
  const api = createApi(stack, user);
  if (images > 0) await api.saved((await api.create({ prompt: "an image" })).id);
  const browser = await chromium.launch({ executablePath: requireBrowser(), args: browserArgs });
  onTestFinished(() => browser.close());
  const context = await browser.newContext();
  await context.addCookies(createCookies(user, stack.appUrl));
  const page = await context.newPage();
  const scripts = new Set<string>();
  page.on("request", (request) => {
    if (request.resourceType() === "script") scripts.add(request.url());
  });
  await page.goto(`${stack.appUrl}/dashboard/generate`, { waitUntil: "networkidle" });
  await expect.poll(() => page.getByRole("article").count()).toBe(images);
  // A much smaller number would mean that some requests were missed, or are still to come.
  let total = 0;
  await expect.poll(async () => (total = await measureGzip(scripts))).toBeGreaterThan(limit - 10);
  console.log(`With ${feed}, Generate fetches ${total.toFixed(1)} KB of script in ${scripts.size} files (gzip)`);
  expect(total).toBeLessThanOrEqual(limit);
});

test("a page preloads one font, of at most 35 KB", async () => {
  const page = await fetch(inject("stack").appUrl);
  const links = `${page.headers.get("link")} ${await page.text()}`;
  const fonts = new Set(links.match(/\/_next\/static\/media\/[\w.-]+\.woff2/g));
  const sizes = await Promise.all(
    [...fonts].map(async (path) => (await (await fetch(new URL(path, page.url))).bytes()).length / KB),
  );
  console.log(`Preloaded fonts: ${sizes.map((size) => size.toFixed(1)).join(", ")} KB`);
  expect(sizes).toEqual([expect.toSatisfy((size: number) => size > 0 && size <= 35)]);
});

/** Returns the total size of the compressed files at these URLs (KB). */
async function measureGzip(urls: Set<string>): Promise<number> {
  const sizes = await Promise.all(
    Array.from(urls, async (url) => {
      const response = await fetch(url);
      expect(response.status).toBe(200);
      return gzipSync(await response.bytes()).length;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0) / KB;
}
