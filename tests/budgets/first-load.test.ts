import { gzipSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { expect, inject, onTestFinished, test } from "vitest";
import { browserArgs, requireBrowser } from "../support/browser";
import { fillGallery } from "../support/seed";
import { signIn } from "../support/users";

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
    .flatMap((tag) => / src="([^"]+)"/.exec(tag)?.[1] ?? []);
  const sizes = await Promise.all([...new Set(sources)].map((source) => measureGzip(new URL(source, stack.appUrl))));
  const total = sizes.reduce((sum, size) => sum + size, 0) / KB;
  console.log(`First load of ${place}: ${total.toFixed(1)} KB of script in ${sizes.length} files (gzip)`);
  expect(sizes.length).toBeGreaterThan(0);
  expect(total).toBeLessThanOrEqual(165);
});

test("Generate fetches at most 184 KB of script by itself, tags and later parts together", async () => {
  const stack = inject("stack");
  const browser = await chromium.launch({ executablePath: requireBrowser(), args: browserArgs });
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.goto(`${stack.appUrl}/login?next=/dashboard/models`);
  await page.getByRole("button", { name: "Use the demo account" }).click();
  await page.waitForURL("**/dashboard/models");
  // The empty page ends the requests of Models, so that only those of Generate are counted.
  await page.goto("about:blank");
  const scripts = new Set<string>();
  page.on("request", (request) => {
    if (request.resourceType() === "script") scripts.add(request.url());
  });
  await page.goto(`${stack.appUrl}/dashboard/generate`, { waitUntil: "networkidle" });
  const sizes = await Promise.all([...scripts].map((url) => measureGzip(new URL(url))));
  const total = sizes.reduce((sum, size) => sum + size, 0) / KB;
  console.log(`Generate fetches by itself: ${total.toFixed(1)} KB of script in ${sizes.length} files (gzip)`);
  expect(sizes.length).toBeGreaterThan(0);
  expect(total).toBeLessThanOrEqual(184);
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

async function measureGzip(url: URL): Promise<number> {
  const response = await fetch(url);
  expect(response.status).toBe(200);
  return gzipSync(await response.bytes()).length;
}
