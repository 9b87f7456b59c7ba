import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { apiOf } from "../support/api";
import { expect, test } from "../support/page";
import type { Stack } from "../support/stack";
import { createUser } from "../support/users";
import { studioOf } from "../support/studio";

// The fixture fails on any violation of the policy; here it is the policy itself.
test.use({ expectedComplaints: [/status of 404/] });

const studioPlaces = ["/dashboard/generate", "/dashboard/gallery", "/dashboard/models", "/dashboard/history"];
const openPlaces = ["/", "/login", "/login?with=account", "/nowhere"];

test("every page has a policy of its own, and all its scripts carry its nonce", async ({
  page,
  context,
  user: _user,
}) => {
  const nonces = new Set<string>();
  for (const place of [...studioPlaces, ...openPlaces]) {
    if (place === openPlaces[0]) await context.clearCookies();
    const response = await page.goto(place);
    const headers = response?.headers() ?? {};
    const policy = headers["content-security-policy"] ?? "";
    const nonce = /script-src [^;]*'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
    expect(policy, place).not.toMatch(/script-src [^;]*'unsafe-(inline|eval)'/);
    expect(policy, place).toContain("frame-ancestors 'none'");
    expect(headers, place).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "strict-origin-when-cross-origin",
      "cross-origin-opener-policy": "same-origin",
      "cache-control": expect.stringMatching(/^private\b.*\bno-store\b/),
    });
    const html = (await response?.text()) ?? "";
    const scripts = html.match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length, place).toBeGreaterThan(0);
    expect(
      scripts.filter((script) => !script.includes(`nonce="${nonce}"`)),
      place,
    ).toEqual([]);
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(8);
});

test("nothing that reaches the browser has a secret in it", async ({ page, user, stack }) => {
  const seen = collect(page);
  const studio = studioOf(page);
  await studio.open();
  await studio.ask("A locked drawer");
  await studio.saved("A locked drawer");
  await studio.ask("A broken lock [fail]");
  await expect(studio.card("A broken lock [fail]").getByRole("button", { name: "Edit" })).toBeVisible();
  for (const place of [...studioPlaces, ...openPlaces]) await page.goto(place);

  const api = apiOf(stack, user);
  const paths = [
    "/api/health",
    "/api/replicate",
    "/api/replicate/not-an-id",
    "/api/images/not-an-id",
    "/api/cron/sweep",
    "/api/replicate/webhook",
  ];
  const answers = await Promise.all(paths.map(async (path) => ({ path, text: await (await api.ask(path)).text() })));
  const built = filesIn(".next/static").map((path) => ({ path, text: readFileSync(path, "latin1") }));
  const all = [...(await seen()), ...answers, ...built];

  expect(all.length).toBeGreaterThan(30);
  expect(built.filter(({ path }) => path.endsWith(".map"))).toEqual([]);
  const secrets = secretsOf(stack);
  expect(
    all.flatMap(({ path, text }) =>
      secrets.filter(([, value]) => text.includes(value)).map(([name]) => `${name} in ${path}`),
    ),
  ).toEqual([]);
});

test("a picture's address is of no use to anybody else", async ({ page, user: _user, stack, playwright }) => {
  const studio = studioOf(page);
  await studio.open();
  await studio.ask("A diary");
  await studio.saved("A diary");
  await page.goto("/dashboard/gallery");
  const address = (await page.getByRole("link", { name: "A diary" }).getAttribute("href")) ?? "";
  expect((await page.request.get(address)).status()).toBe(200);

  const { bearer } = await createUser(stack);
  for (const extraHTTPHeaders of [{}, bearer]) {
    const other = await playwright.request.newContext({ baseURL: stack.appUrl, extraHTTPHeaders });
    expect((await other.get(address)).status()).toBe(404);
    await other.dispose();
  }
});

/** The text of everything that the page loads from now on. */
function collect(page: Page) {
  const bodies: Promise<{ path: string; text: string }>[] = [];
  page.on("response", (response) => {
    if (!/html|script|json|text|css/.test(response.headers()["content-type"] ?? "")) return;
    // A redirect has no body, and an answer that the page no longer waits for has none either.
    const text = response.text().catch(() => "");
    bodies.push(text.then((body) => ({ path: response.url(), text: `${JSON.stringify(response.headers())}${body}` })));
  });
  return () => Promise.all(bodies);
}

function filesIn(folder: string) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** What only the server may know. */
function secretsOf({ env, dir }: Pick<Stack, "env" | "dir">) {
  const names = [
    "SUPABASE_SECRET_KEY",
    "REPLICATE_API_TOKEN",
    "REPLICATE_WEBHOOK_SIGNING_SECRET",
    "CRON_SECRET",
    "DEMO_PASSWORD",
  ];
  const secrets = names.map((name) => [name, env[name] ?? ""] as const);
  const { jwtSecret } = JSON.parse(readFileSync(join(dir, "secrets.json"), "utf8")) as { jwtSecret: string };
  const all = [...secrets, ["the key of the tokens", jwtSecret] as const];
  for (const [name, value] of all) expect(value.length, name).toBeGreaterThan(8);
  return all;
}
