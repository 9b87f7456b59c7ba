import { globSync } from "node:fs";
import { dirname } from "node:path";
import { NextRequest } from "next/server";
import { afterEach, expect, test, vi } from "vitest";
import { stubSettings } from "./lib/stub-settings";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

/** The paths of all pages, with `x` as the value of each parameter. */
const pages = globSync("**/page.tsx", { cwd: "app" }).map(
  (file) =>
    `/${dirname(file)
      .replaceAll(/\[\w+\]/g, "x")
      .replace(/^\.$/, "")}`,
);
const providers = {
  turnstile: "https://challenges.cloudflare.com",
  hcaptcha: "https://*.hcaptcha.com",
};

/** Returns the content security policy of each page. */
async function readPolicies(settings: Record<string, string>) {
  stubSettings(settings);
  const { proxy } = await import("@/proxy");
  const policies = pages.map(async (path) => {
    const response = await proxy(new NextRequest(`http://app.example${path}`));
    return [path, response.headers.get("content-security-policy") ?? ""] as const;
  });
  return new Map(await Promise.all(policies));
}

test.each(Object.entries(providers))("only the sign-in pages allow the check of %s", async (provider, source) => {
  const policies = await readPolicies({ CAPTCHA_SITE_KEY: "site-key", CAPTCHA_PROVIDER: provider });
  const allowed = [...policies].filter(([, policy]) => policy.includes(source)).map(([path]) => path);
  expect(allowed.toSorted()).toEqual(["/login", "/login/again"]);
  const policy = policies.get("/login") ?? "";
  for (const name of ["script-src", "frame-src"])
    expect(policy.split("; ").find((part) => part.startsWith(name))).toContain(source);
});

test("without a site key, no page allows any check", async () => {
  const policies = await readPolicies({});
  expect(policies.size).toBeGreaterThan(14);
  for (const policy of policies.values()) {
    expect(policy).toContain("frame-src 'self';");
    for (const source of Object.values(providers)) expect(policy).not.toContain(source);
  }
});
