import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { processState } from "@/lib/process-globals";
import { readSession } from "@/lib/supabase/session";
import { createSession, toCookie, USER } from "../sessions";
import { stubSettings } from "../stub-settings";

/** Supabase's response to a request that renews a session. */
const answer = vi.fn<(signal: AbortSignal) => Promise<Response>>();
const MESSAGE = "Your sign-in can't be checked right now. Try again in a moment.";
const unavailable = { code: "db_unavailable", message: MESSAGE };

beforeEach(() => {
  // Supabase's client logs an error for each session that it cannot renew. These tests expect such errors.
  vi.spyOn(console, "error").mockImplementation(() => {});
  vi.useFakeTimers();
  stubSettings();
  answer.mockReset().mockImplementation(async () => Response.json(createSession()));
  vi.stubGlobal("fetch", (url: string, { signal }: { signal: AbortSignal }) => {
    if (!url.endsWith("/auth/v1/token?grant_type=refresh_token")) throw new Error(`unexpected request: ${url}`);
    return answer(signal);
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A browser with this session. `read` checks the session, and returns the token or the error. */
function browserWith(session: object) {
  const jar = new Map([[toCookie(session).name, toCookie(session).value]]);
  const browser = {
    jar,
    isSignedIn: () => [...jar.values()].some(Boolean),
    read: (isPage = true) =>
      readSession({
        isPage,
        isHttps: false,
        userAgent: {},
        getAll: () => [...jar].map(([name, value]) => ({ name, value })),
        setAll: (changed) => changed.forEach(({ name, value }) => jar.set(name, value)),
      }).catch((error: unknown) => error),
  };
  return browser;
}
const refuse = (status: number, headers = {}, error: object = { code: status, error_code: "x", msg: "x" }) =>
  answer.mockImplementation(async () => Response.json(error, { status, headers }));
/** Returns the result of a check after this time, or undefined if the check has not ended yet. */
async function after(ms: number, check: Promise<unknown>) {
  await vi.advanceTimersByTimeAsync(ms);
  return Promise.race([check, Promise.resolve(undefined)]);
}

test("a session that has not expired is read without a request", async () => {
  const session = createSession();
  expect(await browserWith(session).read()).toBe(session.access_token);
  expect(answer).not.toHaveBeenCalled();
});

test("an expired session is renewed, and its new token need not be verified", async () => {
  const browser = browserWith(createSession(-10));
  const token = await browser.read();
  const next = await browser.read();
  expect(next).toBe(token);
  const verify = vi.fn<() => Promise<null>>();
  const { id, email } = USER;
  const known = { id, email, name: "", hasFactor: false };
  expect(await processState.users(String(token), verify)).toMatchObject(known);
  expect([answer.mock.calls.length, verify.mock.calls.length]).toEqual([1, 0]);
});

test("two hundred requests with one expired session send one refresh token", async () => {
  const browser = browserWith(createSession(-10));
  const cookies = [...browser.jar];
  const tokens = await Promise.all(Array.from({ length: 100 }, (_, n) => browser.read(n % 2 === 0)));
  // A hundred more requests arrive later, but still have the old cookie.
  await vi.advanceTimersByTimeAsync(5_000);
  const late = Array.from({ length: 100 }, () => {
    const other = browserWith({});
    for (const [name, value] of cookies) other.jar.set(name, value);
    return other.read();
  });
  expect(new Set([...tokens, ...(await Promise.all(late))]).size).toBe(1);
  expect(answer).toHaveBeenCalledTimes(1);
});

describe("a session that cannot be renewed now", () => {
  test("stays after a 429, and is tried again when Supabase allows it", async () => {
    const browser = browserWith(createSession(-10));
    refuse(429, { "retry-after": "20" });
    expect(await browser.read()).toMatchObject(unavailable);
    await vi.advanceTimersByTimeAsync(19_000);
    expect(await browser.read()).toMatchObject(unavailable);
    expect([answer.mock.calls.length, browser.isSignedIn()]).toEqual([1, true]);
    answer.mockImplementation(async () => Response.json(createSession()));
    await vi.advanceTimersByTimeAsync(1_001);
    expect(typeof (await browser.read())).toBe("string");
  });

  test("stays after an error, which is tried again once, and then after two seconds", async () => {
    const browser = browserWith(createSession(-10));
    refuse(503);
    expect(await after(300, browser.read())).toMatchObject(unavailable);
    expect(await browser.read()).toMatchObject(unavailable);
    expect([answer.mock.calls.length, browser.isSignedIn()]).toEqual([2, true]);
    answer.mockImplementation(async () => Response.json(createSession()));
    await vi.advanceTimersByTimeAsync(2_001);
    expect(typeof (await browser.read())).toBe("string");
  });

  test.each([
    [200, "<html>"],
    [400, "<html>"],
    [400, ""],
    [401, '{"message":"Invalid API key"}'],
    [402, "{}"],
    [403, "<html>"],
    [403, "null"],
    [404, "<html>"],
    [408, '{"code":"request_timeout"}'],
    [409, '{"code":"conflict"}'],
    [425, '"refresh_token_not_found"'],
    [500, '{"code":"refresh_token_not_found"}'],
  ])("stays after %i %s, which says nothing about the session", async (status, body) => {
    const browser = browserWith(createSession(-10));
    answer.mockImplementation(async () => new Response(body, { status }));
    expect(await after(300, browser.read())).toMatchObject(unavailable);
    expect(browser.isSignedIn()).toBe(true);
  });

  test("stays while Supabase is silent: a page waits three seconds, the next one not at all, an API request longer", async () => {
    const browser = browserWith(createSession(-10));
    answer.mockReturnValue(new Promise(() => {}));
    const [page, request] = [browser.read(), browser.read(false)];
    expect(await after(2_900, page)).toBeUndefined();
    expect(await after(100, page)).toMatchObject(unavailable);
    expect(await after(0, browser.read())).toMatchObject(unavailable);
    expect([await after(0, request), answer.mock.calls.length, browser.isSignedIn()]).toEqual([undefined, 1, true]);
  });

  test("is used while its token is still valid", async () => {
    const session = createSession(60);
    const browser = browserWith(session);
    refuse(429);
    expect([await browser.read(), browser.isSignedIn()]).toEqual([session.access_token, true]);
  });
});

test.each([
  [400, { code: 400, error_code: "refresh_token_not_found", msg: "x" }],
  [400, { code: "refresh_token_already_used", message: "x" }],
  [401, { code: 401, error_code: "session_not_found", msg: "x" }],
  [403, { code: "user_banned", message: "x" }],
  [400, { error: "invalid_grant", error_description: "x" }],
])("a session that Supabase has ended with %i %j is deleted", async (status, error) => {
  const browser = browserWith(createSession(-10));
  refuse(status, {}, error);
  expect([await browser.read(), browser.isSignedIn(), answer.mock.calls.length]).toEqual([null, false, 1]);
});
