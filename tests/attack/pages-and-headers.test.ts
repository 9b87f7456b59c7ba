import { expect, test } from "vitest";
import { fillGallery } from "../support/seed";
import { createUser } from "../support/users";
import { sendRequest, stack, type AppRequest } from "./support/send-request";
import { addFigures } from "./support/figures";
import { readForms, submitForm } from "./support/forms";
import { nowhere, openPages, studioPages } from "./support/pages";
import { findNewestImage, setPrompts } from "./support/seed";
import { attack } from "./support/attack-table";

const user = await createUser(stack);
await fillGallery(stack, user, 1);
await setPrompts(user, ["a hidden drawer"]);
const image = await findNewestImage(user);
const [, signIn] = await readForms("/login");
if (!signIn) throw new Error("The page has no form.");

const optimizer = (url: string): AppRequest => ({
  path: `/_next/image?url=${encodeURIComponent(url)}&w=640&q=75`,
  in: user,
});
const subrequests = [
  "proxy",
  "src/proxy",
  "middleware",
  "src/middleware",
  "proxy:proxy:proxy:proxy:proxy",
  "middleware:middleware:middleware:middleware:middleware",
  "src/middleware:src/middleware:src/middleware:src/middleware:src/middleware",
  "1",
];
const bypasses: Record<string, string>[] = [
  ...subrequests.map((value) => ({ "x-middleware-subrequest": value })),
  ...[
    "x-middleware-next",
    "x-middleware-rewrite",
    "x-nextjs-data",
    "x-invoke-path",
    "x-invoke-output",
    "x-matched-path",
    "x-now-route-matches",
    "next-resume",
    "x-nextjs-request-id",
    "x-action-forwarded",
    "x-original-url",
    "x-rewrite-url",
  ].map((name) => ({ [name]: "1" })),
  { "x-forwarded-for": "127.0.0.1", "x-forwarded-host": "localhost", "x-real-ip": "127.0.0.1" },
  { rsc: "1" },
  { rsc: "1", "next-router-prefetch": "1" },
  { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" },
  { rsc: "1", "next-router-segment-prefetch": "/dashboard/gallery/__PAGE__" },
  { rsc: "1", "next-router-state-tree": "%5B%22%22%5D" },
  { purpose: "prefetch" },
  { "user-agent": "Googlebot" },
];
const shapes = [
  "",
  ".rsc",
  ".txt",
  ".json",
  "/index.rsc",
  ".segments/_tree.segment.rsc",
  "?_rsc=x",
  "/__PAGE__",
  "//",
  "/.",
  ";x",
  "%2f",
];

function action(id: string, body: BodyInit, type?: string): AppRequest {
  return {
    path: "/login",
    method: "POST",
    headers: { origin: stack.appUrl, "next-action": id, ...(type && { "content-type": type }) },
    body,
  };
}
const actionIds = ["x", "0".repeat(40), "0".repeat(42), "__proto__", "constructor", "../x", "$F1", " "];
const actionBodies: [body: BodyInit, type?: string][] = [
  ["[]", "text/plain;charset=UTF-8"],
  ["{", "text/plain;charset=UTF-8"],
  ["", "text/plain;charset=UTF-8"],
  ['["$F1"]', "application/json"],
  ["a=b", "application/x-www-form-urlencoded"],
];

/** The headers that the response of every page must have. */
const PROMISED = {
  "content-security-policy":
    /^(?!.*script-src [^;]*'unsafe-(inline|eval)').*script-src [^;]*'nonce-.*frame-ancestors 'none'/,
  "x-content-type-options": /^nosniff$/,
  "referrer-policy": /^(strict-origin-when-cross-origin|no-referrer)$/,
  "cross-origin-opener-policy": /^same-origin$/,
  "cache-control": /\bno-store\b/,
  "x-powered-by": /^$/,
};

attack({
  "methods that the route does not have": [
    ["PUT", "PATCH", "DELETE"].map((method) => ({ path: "/api/replicate", method, as: user })),
    { status: 405, type: "method_not_allowed", headers: { allow: "GET, HEAD, OPTIONS, POST" } },
  ],
  "a GET of the webhook": [
    ["GET", "PUT", "PATCH", "DELETE"].map((method) => ({ path: "/api/replicate/webhook", method })),
    { status: 405, type: "method_not_allowed", headers: { allow: "OPTIONS, POST" } },
  ],
  "a sweep without its secret": [
    ["GET", "POST"].flatMap((method) =>
      ["", "Bearer ", "Bearer x", `Bearer ${stack.env.SUPABASE_SECRET_KEY}`].map((authorization) => ({
        path: "/api/cron/sweep",
        method,
        headers: { authorization },
      })),
    ),
    { status: 404, type: "not_found" },
  ],
  "an unknown path of the API": [
    [
      "/api",
      "/api/",
      "/api/nothing",
      "/api/replicate/a/b",
      "/api/media/zip/x",
      "/api/replicate/webhook/x",
      "/api/../api/nothing",
    ].flatMap((path) => ["GET", "POST"].map((method) => ({ path, method }))),
    { status: [308, 404, 405] },
  ],
  "a path of the API that is not UTF-8": [
    ["%ff", "%", "%E0%A4%A", "%c0%ae%c0%ae"].flatMap((id) => [
      { path: `/api/replicate/${id}`, as: user },
      { path: `/api/media/${id}/share`, method: "POST", as: user },
      { path: `/api/${id}` },
    ]),
    { status: 404, type: "not_found" },
  ],
  "a path of a page that is not UTF-8": [
    ["/%ff", "/%", "/dashboard/models/a/%ff", "/dashboard/%E0%A4%A", "/s/%ff"].map((path) => ({ path, in: user })),
    { status: 400 },
  ],
  "a form of 2 MB": [
    { ...submitForm(signIn, { email: "x".repeat(2_000_000), password: "x" }), headers: { origin: stack.appUrl } },
    { status: 413 },
  ],
  "a missing page": [nowhere.map((path) => ({ path, in: user })), { status: 404, without: ["a hidden drawer"] }],
  "images through Next's optimizer": [
    [
      `/api/media/${image}`,
      "https://replicate.delivery/x.png",
      `${stack.replicateUrl}/v1/account`,
      "http://localhost",
      "http://169.254.169.254/",
      "/icon.svg",
      "//evil.example/x.png",
      "file:///etc/passwd",
      "/_next/image?url=x",
      "",
    ].map(optimizer),
    { status: [400, 404] },
  ],
  "headers and paths that bypass the proxy": [
    [
      ...bypasses.flatMap((headers) => studioPages.map((path) => ({ path, headers }))),
      ...shapes.map((shape) => ({ path: `/dashboard/gallery${shape}` })),
    ],
    { status: [200, 307, 308, 400, 404], without: ["a hidden drawer", user.email, user.id] },
  ],
  "server actions that do not exist": [
    actionIds.flatMap((id) => actionBodies.map(([body, type]) => action(id, body, type))),
    { status: [400, 404, 409] },
  ],
});

test("R23 every page has its own policy and all security headers", async () => {
  const places: AppRequest[] = [
    ...studioPages.flatMap((path): AppRequest[] => [{ path, in: user }, { path }]),
    ...[...openPages, ...nowhere, "/auth/confirm?code=x", "/s/x"].map((path) => ({ path })),
    submitForm(signIn, { email: "x", password: "" }, { headers: { origin: stack.appUrl } }),
    submitForm(signIn, { email: "x", password: "" }, { headers: { origin: "https://evil.example" } }),
  ];
  const answers = await Promise.all(places.map(async (place) => ({ path: place.path, ...(await sendRequest(place)) })));
  const nonces = answers.map(({ headers }) => findNonce(headers));
  const bare = answers.flatMap(({ path, headers, text }) =>
    Object.entries(PROMISED)
      .flatMap(([name, value]) => (value.test(headers.get(name) ?? "") ? [] : [`${path} ${name}`]))
      .concat(
        (text.match(/<script\b[^>]*>/g) ?? []).filter((script) => !script.includes(`nonce="${findNonce(headers)}"`)),
      ),
  );
  addFigures(stack, "R23", { pages: places.length, "headers and nonces missing": bare.length });
  expect(bare).toEqual([]);
  expect(new Set(nonces).size).toBe(places.length);
});

function findNonce(headers: Headers): string | undefined {
  return /script-src [^;]*'nonce-([^']+)'/.exec(headers.get("content-security-policy") ?? "")?.[1];
}
