import { expect, test } from "vitest";
import { isHttps, originOf } from "@/lib/origin";

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
