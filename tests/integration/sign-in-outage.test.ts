import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { startFaultProxy, type Fault } from "../chaos/support/fault-proxy";
import { startAnotherApp } from "../support/another-app";
import { size } from "../support/form";
import { sql } from "../support/sql";
import { createUser, expire } from "../support/users";
import { awaitMail, createVisitor } from "../support/visitor";

const stack = inject("stack");
const MESSAGE = "Your sign-in can&#x27;t be checked right now";
let proxy: Awaited<ReturnType<typeof startFaultProxy>>;
let app: Awaited<ReturnType<typeof startAnotherApp>>;

beforeAll(async () => {
  proxy = await startFaultProxy(stack.supabaseUrl);
  app = await startAnotherApp(stack, { NEXT_PUBLIC_SUPABASE_URL: proxy.url, READS_PER_SECOND_PER_USER: "1000" });
  // The server loads the code of this page now. So the tests measure only how long the server waits for Supabase.
  await fetch(`${app.appUrl}/login/cannot-check`);
});
afterEach(() => proxy.set());
afterAll(async () => {
  await app?.stop();
  proxy?.close();
});

const isRenewal = ({ path }: { path: string }) => path.includes("grant_type=refresh_token");

/** Opens a page and follows redirects, as a browser does. `cookies` are the `Set-Cookie` headers of all responses. */
async function openPage(path: string, cookie: { Cookie: string }) {
  const start = performance.now();
  const cookies: string[] = [];
  for (let url = new URL(path, app.appUrl).href; ;) {
    const answer = await fetch(url, { headers: cookie, redirect: "manual" });
    cookies.push(...answer.headers.getSetCookie());
    const location = answer.headers.get("location");
    if (!location) return { url, text: await answer.text(), cookies, seconds: (performance.now() - start) / 1000 };
    url = new URL(location, url).href;
  }
}

const outages: [string, Fault["what"]][] = [
  ["is silent", { hang: true }],
  ["answers 429", { status: 429, answer: { code: 429, error_code: "over_request_rate_limit", msg: "slow down" } }],
  ["answers 503", { status: 503 }],
  ["is behind a firewall that answers 403", { status: 403, answer: "<html>Blocked</html>" }],
  ["is behind a gateway that answers 404", { status: 404, answer: "<html>Not found</html>" }],
];
/** Responses that a proxy or firewall between the app and Supabase may send. */
const foreign: [number, object | string][] = [
  [302, "<html>Moved</html>"],
  [400, "<html>Bad request</html>"],
  [401, "<html>Sign in to the proxy</html>"],
  [402, { message: "This project is paused." }],
  [408, ""],
  [425, ""],
];

test.each(outages)("while Supabase %s, a page says so within seconds, and later opens again", async (_, what) => {
  const cookie = expire(await createUser(stack));
  await proxy.set([{ path: "/auth/v1/", what }]);
  const page = await openPage("/dashboard/gallery?q=fox", cookie);
  expect(page.text).toContain(MESSAGE);
  expect(page.text).toContain('content="5;url=/dashboard/gallery?q=fox"');
  expect(page.seconds).toBeLessThan(5);
  expect(page.cookies).toEqual([]);
  await proxy.set();
  const isBack = async () => (await openPage("/dashboard/gallery", cookie)).text.includes("Nothing saved yet");
  await expect.poll(isBack, { timeout: 20_000, interval: 500 }).toBe(true);
});

test.each(foreign)("an answer of %i that Supabase did not send ends no session", async (status, answer) => {
  const cookie = expire(await createUser(stack));
  await proxy.set([{ path: "/auth/v1/", what: { status, answer } }]);
  const page = await openPage("/dashboard/history", cookie);
  expect(page.text).toContain(MESSAGE);
  expect(page.cookies).toEqual([]);
  const api = await fetch(`${app.appUrl}/api/usage`, { headers: cookie });
  expect([api.status, api.headers.getSetCookie()]).toEqual([503, []]);
});

test("a user whom Supabase cannot verify gets 503 from the API, also while pages and requests share one check", async () => {
  const { cookie } = await createUser(stack);
  for (const what of [
    { status: 403, answer: "<html>Blocked</html>" },
    { status: 429, answer: "" },
    { hang: true } as const,
  ]) {
    await proxy.set([{ path: "/auth/v1/user", what }]);
    const paths = ["/api/usage", "/api/media", "/dashboard/history", "/dashboard/gallery", "/api/replicate"];
    const answers = await Promise.all(
      paths.map((path) => fetch(`${app.appUrl}${path}`, { headers: cookie, redirect: "manual" })),
    );
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 307, 307, 503]);
    for (const { headers } of answers)
      expect(headers.get("location") ?? "/login/cannot-check").toContain("/login/cannot-check");
  }
});

test("a session that was ended is deleted", async () => {
  const { id, email, accessToken } = await createUser(stack);
  const page = await openPage("/dashboard/history", expire({ id, email, accessToken, refreshToken: "unknownToken" }));
  expect(page.url).toContain("/login?next=");
  expect(page.cookies.join()).toContain("Max-Age=0");
});

test("while Supabase is silent, a page whose user is not known yet says so too", async () => {
  const user = await createUser(stack);
  await proxy.set([{ path: "/auth/v1/user", what: { hang: true } }]);
  const page = await openPage("/dashboard/history", user.cookie);
  expect(page.text).toContain(MESSAGE);
  expect(page.seconds).toBeLessThan(5);
});

test("many requests with one expired session renew it once", async () => {
  const cookie = expire(await createUser(stack));
  const paths = ["/api/usage", "/api/media", "/api/replicate", "/dashboard/gallery"];
  const statuses = await Promise.all(
    Array.from({ length: size(20, 200) }, async (__, n) => {
      const answer = await fetch(`${app.appUrl}${paths[n % paths.length]}`, { headers: cookie, redirect: "manual" });
      await answer.arrayBuffer();
      return answer.status;
    }),
  );
  expect([...new Set(statuses)]).toEqual([200]);
  expect((await proxy.seen()).filter(isRenewal)).toHaveLength(1);
});

test("while Supabase is silent, every form says within seconds that it can't be reached", async () => {
  await proxy.set([{ path: "/auth/v1/", what: { hang: true } }]);
  const ways = ["password", "link", "recover", "account"];
  const answers = await Promise.all(
    ways.map(async (way) => {
      const visitor = createVisitor(app.appUrl);
      const page = await visitor.open(`/login?with=${way}`);
      const hasPassword = way === "password" || way === "account";
      const fields = { email: `${way}@darkroom.test`, ...(hasPassword && { password: "a quiet red light" }) };
      const start = performance.now();
      const { words } = await visitor.submit(page, fields);
      return [
        way,
        words.includes("The sign-in service can't be reached right now."),
        performance.now() - start < 8_000,
      ];
    }),
  );
  expect(answers).toEqual(ways.map((way) => [way, true, true]));
});

test("while Supabase is silent, a code and a link say so, and stay usable", async () => {
  const { email } = await createUser(stack);
  const visitor = createVisitor(app.appUrl);
  const page = await visitor.submit(await visitor.open("/login?with=link"), { email });
  const { code, link } = await awaitMail(stack, email);
  const { pathname, search } = new URL(link);
  const confirm = await visitor.open(pathname + search);
  await proxy.set([{ path: "/auth/v1/", what: { hang: true } }]);
  const wait = "The sign-in service can't be reached right now. Try again in a moment.";
  const answers = [visitor.submit(page, { step: "code", code }), visitor.submit(confirm, { type: "email" })];
  for (const { words } of await Promise.all(answers)) expect(words).toContain(wait);
  await proxy.set();
  await sql(stack, "delete from rate_limits");
  expect((await visitor.submit(page, { step: "code", code })).url).toBe("/dashboard/generate");
});
