import { expect, test } from "vitest";
import { isHttps, isOwnNavigation, originOf, senderOf } from "@/lib/security/origin";

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
const proxied = { host: "10.0.0.1:3000", "x-forwarded-host": "darkroom.example" };

test.each([
  [host, "unknown"],
  [{ ...host, "sec-fetch-site": "none" }, "unknown"],
  [{ ...host, "sec-fetch-site": "same-origin" }, "own"],
  [{ ...host, origin: "http://localhost:3000" }, "own"],
  [{ ...host, "sec-fetch-site": "same-origin", origin: "http://localhost:3000" }, "own"],
  [{ ...proxied, origin: "https://darkroom.example" }, "own"],
  [{ ...host, "sec-fetch-site": "cross-site" }, "foreign"],
  [{ ...host, "sec-fetch-site": "same-site", origin: "http://localhost:3000" }, "foreign"],
  [{ ...host, "sec-fetch-site": "same-origin", origin: "https://evil.example" }, "foreign"],
  [{ ...host, origin: "https://evil.example" }, "foreign"],
  [{ ...host, origin: "http://localhost" }, "foreign"],
  [{ ...host, origin: "null" }, "foreign"],
  [{ ...host, origin: "garbage" }, "foreign"],
  [{ ...host, origin: "" }, "foreign"],
  [{ host: "evil.example/path?", origin: "http://evil.example" }, "foreign"],
  [{ origin: "garbage" }, "foreign"],
])("the sender of %j is %s", (headers, expected) => {
  expect(senderOf(new Headers(headers))).toBe(expected);
});

test.each([
  ["a link on an own page", { "sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate" }, true],
  ["an own page in a browser without these headers", { referer: "https://darkroom.example/login" }, true],
  ["an own script", { "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors" }, false],
  ["another site", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" }, false],
  ["another subdomain", { "sec-fetch-site": "same-site", "sec-fetch-mode": "navigate" }, false],
  ["a typed address", { "sec-fetch-site": "none", "sec-fetch-mode": "navigate" }, false],
  ["another site in such a browser", { referer: "https://evil.example/login" }, false],
  [
    "another site that claims to be ours",
    { "sec-fetch-site": "cross-site", referer: "https://darkroom.example/" },
    false,
  ],
  ["an unknown sender", {}, false],
])("a navigation from %s: %j is our own: %s", (_, headers, isOwn) => {
  const given = new Headers({ host: "darkroom.example", "x-forwarded-proto": "https", ...headers });
  expect(isOwnNavigation(given)).toBe(isOwn);
});
