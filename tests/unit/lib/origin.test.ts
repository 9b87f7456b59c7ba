import { expect, test } from "vitest";
import { isCrossSite, isHttps, originOf } from "@/lib/security/origin";

test.each([
  [{ "x-forwarded-proto": "https" }, true],
  [{ "x-forwarded-proto": "https,http" }, true],
  [{ "x-forwarded-proto": "http, https" }, false],
  [{ "x-forwarded-proto": "http" }, false],
  [{}, false],
])("%j is https: %s", (headers, expected) => {
  expect(isHttps(new Headers(headers))).toBe(expected);
});

test.each([
  [{ host: "localhost:3000" }, "http://localhost:3000"],
  [
    { host: "10.0.0.1:3000", "x-forwarded-host": "darkroom.example", "x-forwarded-proto": "https" },
    "https://darkroom.example",
  ],
  [{ host: "evil.example/path?" }, null],
  [{ host: "user@evil.example" }, null],
  [{}, null],
])("the origin of %j is %s", (headers, expected) => {
  expect(originOf(new Headers(headers))).toBe(expected);
});

const host = { host: "localhost:3000" };

test.each([
  [host, false],
  [{ ...host, "sec-fetch-site": "same-origin", origin: "http://localhost:3000" }, false],
  [{ ...host, "sec-fetch-site": "none" }, false],
  [{ host: "10.0.0.1:3000", "x-forwarded-host": "darkroom.example", origin: "https://darkroom.example" }, false],
  [{ ...host, "sec-fetch-site": "cross-site" }, true],
  [{ ...host, "sec-fetch-site": "same-site", origin: "http://localhost:3000" }, true],
  [{ ...host, origin: "https://evil.example" }, true],
  [{ ...host, origin: "http://localhost" }, true],
  [{ ...host, origin: "null" }, true],
  [{ ...host, origin: "garbage" }, true],
  [{ ...host, origin: "" }, true],
  [{ host: "evil.example/path?", origin: "http://evil.example" }, true],
  [{ origin: "garbage" }, true],
])("%j comes from another site: %s", (headers, expected) => {
  expect(isCrossSite(new Headers(headers))).toBe(expected);
});
