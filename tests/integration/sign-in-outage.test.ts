import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { startFaultProxy, type Fault } from "../chaos/support/fault-proxy";
import { startAnotherApp } from "../support/another-app";
import { createUser, expire } from "../support/users";

const stack = inject("stack");
const MESSAGE = "Your sign-in can&#x27;t be checked right now";
let proxy: Awaited<ReturnType<typeof startFaultProxy>>;
let app: Awaited<ReturnType<typeof startAnotherApp>>;

beforeAll(async () => {
  proxy = await startFaultProxy(stack.supabaseUrl);
  app = await startAnotherApp(stack, { NEXT_PUBLIC_SUPABASE_URL: proxy.url });
});
afterEach(() => proxy.set());
afterAll(async () => {
  await app?.stop();
  proxy?.close();
});

const isRenewal = ({ path }: { path: string }) => path.includes("grant_type=refresh_token");

/** Opens a page as a browser does. `cookies` are all that it was told to set on the way. */
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
  const isBack = async () => (await openPage("/dashboard/gallery", cookie)).text.includes("No images yet");
  await expect.poll(isBack, { timeout: 20_000, interval: 500 }).toBe(true);
});

test("while Supabase is silent, a page whose user is not known yet says so too", async () => {
  const user = await createUser(stack);
  await proxy.set([{ path: "/auth/v1/user", what: { hang: true } }]);
  const page = await openPage("/dashboard/history", user.cookie);
  expect(page.text).toContain(MESSAGE);
  expect(page.seconds).toBeLessThan(5);
});

test("two hundred requests with one expired session renew it once", async () => {
  const cookie = expire(await createUser(stack));
  const paths = ["/api/usage", "/api/media", "/api/replicate", "/dashboard/gallery"];
  const statuses = await Promise.all(
    Array.from({ length: 200 }, async (__, n) => {
      const answer = await fetch(`${app.appUrl}${paths[n % paths.length]}`, { headers: cookie, redirect: "manual" });
      await answer.arrayBuffer();
      return answer.status;
    }),
  );
  expect([...new Set(statuses)]).toEqual([200]);
  expect((await proxy.seen()).filter(isRenewal)).toHaveLength(1);
});
