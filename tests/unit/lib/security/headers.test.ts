import { describe, expect, test } from "vitest";
import { contentSecurityPolicy, securityHeaders } from "@/lib/security/headers";

const page = {
  nonce: "bm9uY2U=",
  deliveryOrigins: ["https://delivery.example", "https://*.delivery.example"],
  storageOrigin: null,
  captcha: null,
  isDevelopment: false,
  isHttps: true,
  isShared: false,
};

function directive(name: string, policy: string) {
  return policy.split("; ").find((part) => part.startsWith(`${name} `));
}

test("in production only scripts with the page's nonce run, and no eval", () => {
  const policy = contentSecurityPolicy(page);
  expect(directive("script-src", policy)).toBe("script-src 'self' 'nonce-bm9uY2U=' 'strict-dynamic'");
  expect(directive("connect-src", policy)).toBe("connect-src 'self'");
});

test("development allows eval and the reload socket", () => {
  const policy = contentSecurityPolicy({ ...page, isDevelopment: true });
  expect(directive("script-src", policy)).toContain("'unsafe-eval'");
  expect(directive("connect-src", policy)).toBe("connect-src 'self' ws:");
});

test.each(["img-src", "media-src"])("%s allows this site and Replicate's delivery origins", (name) => {
  expect(directive(name, contentSecurityPolicy(page))).toBe(
    `${name} 'self' data: blob: https://delivery.example https://*.delivery.example`,
  );
});

test.each(["img-src", "media-src"])("on a shared page, %s allows this site alone", (name) => {
  expect(directive(name, contentSecurityPolicy({ ...page, isShared: true }))).toBe(`${name} 'self'`);
});

test("a page cannot be framed, rebased, or made to post elsewhere", () => {
  const policy = contentSecurityPolicy(page);
  expect(directive("frame-ancestors", policy)).toBe("frame-ancestors 'none'");
  expect(directive("base-uri", policy)).toBe("base-uri 'none'");
  expect(directive("object-src", policy)).toBe("object-src 'none'");
  expect(directive("form-action", policy)).toBe("form-action 'self'");
});

test("pages are not cached", () => {
  expect(securityHeaders(page)["Cache-Control"]).toBe("private, no-store");
});

test("HSTS is sent only over https", () => {
  expect(securityHeaders(page)).toHaveProperty("Strict-Transport-Security");
  expect(securityHeaders({ ...page, isHttps: false })).not.toHaveProperty("Strict-Transport-Security");
});

test("the address of a shared image reaches neither other sites nor search engines", () => {
  expect(securityHeaders({ ...page, isShared: true })).toMatchObject({
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
  });
  expect(securityHeaders(page)).not.toHaveProperty("X-Robots-Tag");
});

describe("a page of the studio", () => {
  const withUploads = { ...page, storageOrigin: "https://project.supabase.co" };

  test("may send files to storage, and to no other origin", () => {
    expect(directive("connect-src", contentSecurityPolicy(withUploads))).toBe(
      "connect-src 'self' https://project.supabase.co",
    );
  });

  test("may use the camera and the microphone, but a shared page may not", () => {
    const policy = (changes: typeof page | typeof withUploads) => securityHeaders(changes)["Permissions-Policy"];
    expect(policy(withUploads)).toMatch(/^camera=\(self\), microphone=\(self\), geolocation=\(\)/);
    expect(policy(page)).toMatch(/^camera=\(\), microphone=\(\), geolocation=\(\)/);
  });
});
