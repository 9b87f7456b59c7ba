import { readFileSync } from "node:fs";
import { chromium, type Page } from "@playwright/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApi } from "../support/api";
import { browserArgs, requireBrowser } from "../support/browser";
import { createCookies } from "../e2e/support/fixtures";
import { isFull } from "../support/form";
import { fillGallery } from "../support/seed";
import { createUser } from "../support/users";
import { stack } from "./support/send-request";
import { addFigures } from "./support/figures";
import { listFiles } from "./support/files-in";
import { openPages, studioPages } from "./support/pages";
import { findSecrets, listSecrets } from "./support/secrets";
import { findNewestImage, setPrompts } from "./support/seed";

const user = await createUser(stack);
const prompts = [
  '"><script>document.title="ran"</script>',
  "</title><script>document.title='ran'</script>",
  "</script><script>document.title='ran'</script>",
  "'><img src=x onerror=document.title='ran'>",
  "{{constructor.constructor('document.title=`ran`')()}} ${document.title='ran'}",
  "javascript:document.title='ran'",
  "<svg onload=document.title='ran'>",
  "<!--<script>",
  "\u202egnp.exe \u0437\u0430\u043b\u0438\u0432\u043a\u0430 " + "z\u0351\u0352\u0353\u0354".repeat(200),
  "x".repeat(9_900),
];
const browser = await chromium.launch({ executablePath: requireBrowser(), args: browserArgs });
const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
afterAll(() => browser.close());

const violations: string[] = [];
const complaints: string[] = [];
const bodies: Promise<{ place: string; text: string }>[] = [];
let page: Page;

beforeAll(async () => {
  await fillGallery(stack, user, prompts.length);
  await setPrompts(user, prompts);
  const api = createApi(stack, user);
  // These predictions fail, so that the history shows their prompts and the error messages of the model.
  await Promise.all(
    [...prompts.slice(0, 3), ...prompts.slice(-2)].map(async (prompt) =>
      api.ended((await api.create({ prompt: `${prompt} [fail]` })).id),
    ),
  );
  await context.addCookies(createCookies(user, stack.appUrl));
  await context.exposeFunction("noteViolation", (text: string) => violations.push(text));
  await context.addInitScript(() => {
    const told = window as unknown as { noteViolation: (text: string) => void };
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      told.noteViolation(`${violatedDirective} ${blockedURI}`),
    );
  });
  context.on("weberror", (error) => complaints.push(error.error().message));
  context.on("dialog", (dialog) => void dialog.dismiss().then(() => complaints.push(`dialog: ${dialog.message()}`)));
  page = await context.newPage();
  page.on("response", (response) => {
    if (!/html|script|json|text|css/.test(response.headers()["content-type"] ?? "")) return;
    // Redirects and aborted requests have no body, so `response.text()` fails.
    const text = response.text().catch(() => "");
    bodies.push(text.then((body) => ({ place: response.url(), text: `${JSON.stringify(response.headers())}${body}` })));
  });
});

test("pages show every prompt as text", async () => {
  const image = await findNewestImage(user);
  for (const place of [
    // In the short form, only the pages that show prompts are opened, so R21 and R23 check only these pages too.
    ...(isFull ? [...studioPages, "/dashboard/gallery?q=ran"] : ["/dashboard/history"]),
    `/dashboard/generate?from=${image}`,
    "/dashboard/gallery?q=%3Cscript%3Edocument.title%3D'ran'%3C/script%3E",
    "/dashboard/gallery",
  ]) {
    await page.goto(stack.appUrl + place, { waitUntil: "load" });
    expect([place, await page.title()]).toEqual([place, expect.stringMatching(/Darkroom$/)]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect([place, wide]).toEqual([place, 0]);
    expect([place, (await measureTallestPrompt()) <= 400]).toEqual([place, true]);
  }
  for (const prompt of isFull ? prompts.slice(0, 9) : [prompts[0]!, prompts[8]!]) {
    await page.getByRole("link", { name: prompt, exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Image" });
    await dialog.getByText(prompt.slice(0, 20)).first().waitFor();
    expect(await dialog.locator("bdi").first().textContent()).toBe(prompt);
    expect(await measureTallestPrompt()).toBeLessThanOrEqual(400);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
  }
  expect(await page.title()).toMatch(/Darkroom$/);
});

test("R23 no page violates its policy or logs an error, also while an image is made", async () => {
  await page.goto(`${stack.appUrl}/dashboard/generate`);
  await page.getByRole("textbox", { name: "Prompt", exact: true }).fill("a locked drawer");
  await page.getByRole("button", { name: "Generate" }).click();
  await page.getByRole("article", { name: "a locked drawer" }).getByText("Saved", { exact: true }).waitFor();
  await context.clearCookies();
  for (const place of [...openPages, "/nowhere"]) await page.goto(stack.appUrl + place, { waitUntil: "load" });
  addFigures(stack, "R23", { "CSP violations in a browser": violations.length });
  expect([violations, complaints]).toEqual([[], []]);
});

test("R21 no response to the browser contains a secret", async () => {
  const built = listFiles(".next/static").map((place) => ({ place, text: readFileSync(place, "latin1") }));
  const all = [...(await Promise.all(bodies)), ...built];
  const secrets = listSecrets(stack);
  expect(built.length).toBeGreaterThan(10);
  expect(built.filter(({ place }) => place.endsWith(".map"))).toEqual([]);
  addFigures(stack, "R21", { "files that reach a browser": all.length });
  expect(all.flatMap(({ place, text }) => findSecrets(text, secrets).map((name) => `${name} in ${place}`))).toEqual([]);
});

/** Returns the height of the tallest prompt on the open page (px). */
function measureTallestPrompt(): Promise<number> {
  return page.evaluate(() => {
    const places = [...document.querySelectorAll("bdi")].map(({ parentElement }) => parentElement);
    return Math.max(0, ...places.map((place) => place?.getBoundingClientRect().height ?? 0));
  });
}
