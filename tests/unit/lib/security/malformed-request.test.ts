import { expect, test } from "vitest";
import { rejectMalformed } from "@/lib/security/malformed-request";

const host = { host: "localhost:3000" };
const form = { method: "POST", pathname: "/login", headers: new Headers({ ...host, origin: "http://localhost:3000" }) };

test.each(["/dashboard/gallery", "/s/%C3%A9", "/%25ff"])("%s is well-formed", (pathname) => {
  expect(rejectMalformed({ method: "GET", pathname, headers: new Headers(host) })).toBeNull();
});

test.each(["/%ff", "/%", "/s/%E0%A4%A"])("%s is malformed", (pathname) => {
  expect(rejectMalformed({ method: "GET", pathname, headers: new Headers(host) })?.status).toBe(400);
});

test("a form of our own page is accepted, one of another site is refused", () => {
  expect(rejectMalformed(form)).toBeNull();
  expect(rejectMalformed({ ...form, headers: new Headers({ ...host, origin: "https://evil.example" }) })?.status).toBe(
    403,
  );
  expect(
    rejectMalformed({ ...form, method: "GET", headers: new Headers({ ...host, "sec-fetch-site": "cross-site" }) }),
  ).toBeNull();
});

test("a form of more than a megabyte is refused", () => {
  const long = (bytes: number) => new Headers({ ...host, "content-length": String(bytes) });
  expect(rejectMalformed({ ...form, headers: long(1024 * 1024) })).toBeNull();
  expect(rejectMalformed({ ...form, headers: long(1024 * 1024 + 1) })?.status).toBe(413);
});
