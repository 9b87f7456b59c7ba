import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { fillGallery } from "../support/seed";
import { createUser } from "../support/users";
import { sendRequest, parseBody, stack, type AppRequest } from "./support/send-request";
import { readForms, readRedirect, submitForm } from "./support/forms";
import { findNewestImage, setPrompts } from "./support/seed";
import { attack } from "./support/attack-table";
import { elsewhere, notFilters } from "./support/strings";

const user = await createUser(stack);
const other = await createUser(stack);
const plain = ["a plain field", "100% cotton", "snake_case", "back\\slash", "five*stars", "a:b|c&d!e"];
await fillGallery(stack, user, plain.length);
await setPrompts(user, plain);
await fillGallery(stack, other, 1);
await setPrompts(other, ["another user's drawer"]);
const image = await findNewestImage(user);

const gallery = (query: string): AppRequest => ({ path: `/dashboard/gallery?${query}`, in: user });
const search = (words: string) => gallery(`q=${encodeURIComponent(words)}`);
const cursors = [
  "x",
  "../..",
  "null",
  '["2026","),or(id.neq.x"]',
  `["0000-01-01T00:00:00Z","${randomUUID()}"]`,
  `["2026-01-01T00:00:00+23:59","${randomUUID()}"]`,
  `["2026-01-01T00:00:00.000Z","${image}),or(user_id.neq.${user.id}"]`,
].flatMap((text) => [text, Buffer.from(text).toString("base64url")]);
const paths = (query: string): AppRequest[] =>
  ["gallery", "history"].map((page) => ({ path: `/dashboard/${page}?${query}`, in: user }));
const generate = (query: string): AppRequest => ({ path: `/dashboard/generate?${query}`, in: user });

const page = { status: 200, without: ["another user's drawer"] };
const none = { status: 200, without: ["a plain field", "another user's drawer"] };

attack({
  "SQL and filters as search words": [
    [
      "%'; drop table sdxl_images--",
      "a),or(user_id.neq.x",
      "' or '1'='1",
      "x)&user_id=neq.x",
      "*,user_id",
      "ield:* | !lain",
      "{}",
      '")',
      "\\",
    ].map(search),
    none,
  ],
  "wildcards as search words": [["%", "_", "\\", "*", "%%%", "'", ":*", "lain%", "pl_in"].map(search), none],
  "very long searches": [[search("x".repeat(7000)), search("plain ".repeat(1000)), search("(".repeat(3000))], page],
  "characters that Postgres refuses": [
    ["q=%00", "q=plain%00field", "q=%ff", "q=%ed%a0%80", "cursor=%00", "q=%0d%0aX-Evil:1"].map(gallery),
    { ...page, headers: { "x-evil": /^$/ } },
  ],
  "an invalid cursor of a page": [cursors.flatMap((cursor) => paths(`cursor=${encodeURIComponent(cursor)}`)), page],
  "an invalid cursor of the API": [
    cursors.flatMap((cursor) =>
      ["replicate", "media"].map((list) => ({ path: `/api/${list}?cursor=${encodeURIComponent(cursor)}`, as: user })),
    ),
    { status: 400, type: "invalid_query" },
  ],
  "PostgREST parameters in the query": [
    [
      "order=input",
      "select=*",
      "user_id=neq.x",
      "or=(id.neq.x)",
      "offset=-1",
      "columns=user_id",
      `user_id=eq.${other.id}`,
      "__proto__[x]=1",
      "constructor=1",
    ].flatMap((query) => [...paths(query), { path: `/api/replicate?${query}`, as: user }]),
    page,
  ],
  "a very large page": [paths("limit=100000"), page],
  "an invalid page size": [
    ["100000", "101", "0", "-1", "1.5", "1e9", "x", "%00"].map((limit) => ({
      path: `/api/replicate?limit=${limit}`,
      as: user,
    })),
    { status: 400, type: "invalid_query" },
  ],
  "repeated parameters and lists": [
    ["q=a&q=b", "q[]=a", "q[x]=a", "cursor=a&cursor=b", "model=a&model=b", "from=a&from=b"].flatMap((query) => [
      ...paths(query),
      generate(query),
    ]),
    page,
  ],
  "another image's settings": [
    ["x", randomUUID(), "../x", "%00", await findNewestImage(other)].map((from) => generate(`from=${from}`)),
    page,
  ],
  "invalid filters": [
    ["q", "favorites", "model", "tool", "from", "to", "cursor"].flatMap((name) =>
      notFilters.map((value) => ({ path: `/api/media?${name}=${encodeURIComponent(value)}`, as: user })),
    ),
    { ...page, status: [200, 400, 422] },
  ],
  "invalid filters of the gallery": [
    notFilters.map((value) => gallery(`from=${encodeURIComponent(value)}&to=${encodeURIComponent(value)}`)),
    page,
  ],
  "a ZIP of invalid ids": [
    ["", "x", "../x", "%00", `${image},`.repeat(101), randomUUID()].map((ids) => ({
      path: `/api/media/zip?ids=${ids}`,
      as: user,
    })),
    { status: [400, 404, 422] },
  ],
  "the page of an unknown model": [
    [
      "unknown/model",
      "..%2f..%2faccount/x",
      "a/b%3fx%23",
      "%00/%00",
      "a/%25",
      "a/%25ff",
      "__proto__/constructor",
      `${"a".repeat(200)}/b`,
    ].map((model) => ({ path: `/dashboard/models/${model}`, in: user })),
    { status: 404 },
  ],
  "hostile searches for models": [
    ["%'; drop table", "../../account", "\u0000", "x".repeat(5000), "<script>", "a/b?x#"].map((words) => ({
      path: `/dashboard/models?q=${encodeURIComponent(words)}`,
      in: user,
    })),
    page,
  ],
  "an unknown model in the URL": [
    ["../../account", "unknown/model", "a/b?x%23", "x", "%00/x", "a/b:latest"].map((model) =>
      generate(`model=${model}`),
    ),
    { status: 404 },
  ],
});

test("a search finds existing words among special characters", async () => {
  for (const [words, prompt] of [
    ["plain field", plain[0]],
    ["PLAIN", plain[0]],
    ["cotton 100", plain[1]],
  ] as const) {
    expect((await sendRequest(search(words))).text).toContain(prompt);
  }
});

test.each(elsewhere)("sign-in with next=%j stays on this site", async (next) => {
  const query = `next=${encodeURIComponent(next)}`;
  const signedIn = await sendRequest({ path: `/login?${query}`, in: user });
  const path = `/auth/confirm?token_hash=x&type=email&${query}`;
  const [button] = await readForms(path);
  if (!button) throw new Error("The page has no form.");
  const cookie = `next=${encodeURIComponent(next)}`;
  const confirmed = await sendRequest(submitForm(button, {}, { headers: { origin: stack.appUrl, cookie } }));
  for (const answer of [signedIn, confirmed])
    expect(new URL(readRedirect(answer, stack.appUrl) ?? "").origin).toBe(stack.appUrl);
});

test("a changed sign-in form stays on this site", async () => {
  const [, form] = await readForms("/login");
  if (!form) throw new Error("The page has no form.");
  const { email, password } = await createUser(stack);
  for (const next of elsewhere.slice(0, 6)) {
    const answer = await sendRequest(
      submitForm(form, { email, password, next }, { headers: { origin: stack.appUrl } }),
    );
    expect([answer.status, new URL(readRedirect(answer, stack.appUrl) ?? "").origin]).toEqual([303, stack.appUrl]);
  }
});

test("unknown parameters do not change the list", async () => {
  const list = async (query: string) => parseBody(await sendRequest({ path: `/api/replicate${query}`, as: user }));
  expect(await list("?order=input&select=id&offset=1")).toEqual(await list(""));
});
