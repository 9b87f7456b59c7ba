import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { getUser, isPending, readAs, requirePageUser, requireUser } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { createSession, createToken, toCookie, USER } from "./sessions";
import { stubSettings } from "./stub-settings";

let cookies: { name: string; value: string }[] = [];
vi.mock("next/headers", () => ({
  cookies: async () => ({ getAll: () => cookies, set: () => {} }),
  headers: async () => new Headers(),
}));
/** Supabase's response to the request for the user of a token. */
const answer = vi.fn<(token: string) => Promise<Response>>();
const NOW = Date.parse("2026-11-21T14:32:07.500Z");

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"], now: NOW });
  stubSettings();
  cookies = [toCookie(createSession())];
  answer.mockReset().mockImplementation(async () => Response.json(USER));
  vi.stubGlobal("fetch", (url: string, { headers }: { headers: Headers | Record<string, string> }) => {
    if (url !== "http://127.0.0.1:1/auth/v1/user") throw new Error(`unexpected request: ${url}`);
    return answer(new Headers(headers).get("authorization")?.replace("Bearer ", "") ?? "");
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const refusal =
  (status = 403) =>
  async () =>
    Response.json({ code: status, error_code: "x", msg: "x" }, { status });
const ask = (method: string, headers: Record<string, string> = {}) =>
  requireUser(new Request("http://localhost/api/replicate", { method, headers }));
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const unavailable = { code: "db_unavailable", status: 503 };

test.each(["GET", "POST"])(
  "an API key opens no %s outside of /api/v1, also together with a session",
  async (method) => {
    const refused = { code: "unauthenticated", message: expect.stringContaining("only under /api/v1") };
    for (const scheme of ["Bearer", "bearer", "Token"]) {
      await expect(ask(method, { authorization: `${scheme} dr_x` })).rejects.toMatchObject(refused);
    }
    expect(answer).not.toHaveBeenCalled();
  },
);

describe("the user", () => {
  test("is the session's, or the one of the request's token", async () => {
    expect(await getUser()).toEqual(USER);
    const token = createToken();
    expect(await ask("GET", bearer(token))).toEqual(USER);
    expect(answer).toHaveBeenLastCalledWith(token);
  });

  test("must be the one that X-User names", async () => {
    expect(await ask("POST", { "sec-fetch-site": "same-origin", "x-user": USER.id })).toEqual(USER);
    await expect(ask("POST", { "sec-fetch-site": "same-origin", "x-user": "another-user" })).rejects.toMatchObject({
      code: "unauthenticated",
    });
  });

  test("is verified again after five seconds, and never accepted after the token expires", async () => {
    const token = createToken({ exp: NOW / 1000 + 8 });
    await ask("GET", bearer(token));
    vi.setSystemTime(NOW + 4_900);
    expect(await ask("GET", bearer(token))).toEqual(USER);
    expect(answer).toHaveBeenCalledTimes(1);
    vi.setSystemTime(NOW + 5_001);
    expect(await ask("GET", bearer(token))).toEqual(USER);
    expect(answer).toHaveBeenCalledTimes(2);
    vi.setSystemTime(NOW + 8_000);
    await expect(ask("GET", bearer(token))).rejects.toMatchObject({ code: "unauthenticated" });
    expect(answer).toHaveBeenCalledTimes(2);
  });

  test("is asked for once, however many requests come at once", async () => {
    const token = createToken();
    await Promise.all(Array.from({ length: 50 }, () => ask("GET", bearer(token))));
    expect(answer).toHaveBeenCalledTimes(1);
  });

  test("is null without a session", async () => {
    cookies = [];
    expect(await getUser()).toBeNull();
    expect(answer).not.toHaveBeenCalled();
  });

  test("may have no e-mail address", async () => {
    answer.mockResolvedValue(Response.json({ id: USER.id }));
    expect(await getUser()).toEqual({ ...USER, email: "" });
  });

  test("is null when Supabase refuses the token, because the session was ended", async () => {
    answer.mockImplementation(refusal(403));
    expect(await getUser()).toBeNull();
    await expect(ask("GET")).rejects.toMatchObject({ code: "unauthenticated", status: 401 });
  });

  test("is null when the account was deleted, and when its session is unknown", async () => {
    answer.mockImplementation(refusal(404));
    expect(await getUser()).toBeNull();
    answer.mockImplementation(async () => Response.json({ error_code: "session_not_found" }, { status: 403 }));
    expect(await getUser()).toBeNull();
  });

  test.each([400, 429, 503])("is an error after status %s: that is not a sign-out", async (status) => {
    answer.mockImplementation(refusal(status));
    await expect(ask("GET")).rejects.toMatchObject(unavailable);
  });

  test.each([
    [200, "<html>"],
    [401, '{"message":"Invalid API key"}'],
    [401, "<html>"],
    [403, "<html>"],
    [404, "<html>"],
    [429, ""],
    [503, ""],
  ])("is an error after %i %s, which Supabase did not send about the token", async (status, body) => {
    answer.mockImplementation(async () => new Response(body, { status }));
    await expect(ask("GET")).rejects.toMatchObject(unavailable);
  });

  test("is asked for at most five seconds", async () => {
    const timeout = vi.spyOn(AbortSignal, "timeout");
    await ask("GET");
    expect(timeout).toHaveBeenCalledExactlyOnceWith(5_000);
    timeout.mockRestore();
  });

  test("is sent to sign in by a page, and back to the page afterwards", async () => {
    expect(await requirePageUser("/dashboard")).toEqual(USER);
    cookies = [];
    await expect(requirePageUser("/dashboard?a=1&b=2")).rejects.toMatchObject({
      digest: expect.stringContaining(";/login?next=%2Fdashboard%3Fa%3D1%26b%3D2;"),
    });
  });

  test("who cannot be verified within three seconds gets a page that says so, and the same at once for the next five", async () => {
    const hanging = Promise.withResolvers<Response>();
    answer.mockReturnValue(hanging.promise);
    const sent = { digest: expect.stringContaining(";/login/cannot-check?next=%2Fdashboard;") };
    const first = requirePageUser("/dashboard").catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(2_900);
    expect(await Promise.race([first, Promise.resolve("nothing yet")])).toBe("nothing yet");
    await vi.advanceTimersByTimeAsync(100);
    expect(await first).toMatchObject(sent);
    const second = requirePageUser("/dashboard").catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(0);
    expect(await second).toMatchObject(sent);
    hanging.resolve(Response.json(USER));
    await vi.advanceTimersByTimeAsync(0);
    expect(await requirePageUser("/dashboard")).toEqual(USER);
    expect(answer).toHaveBeenCalledTimes(1);
  });
});

describe("what is read for a user", () => {
  test("is read while the token is verified, and thrown away when it is refused", async () => {
    const hanging = Promise.withResolvers<Response>();
    answer.mockReturnValue(hanging.promise);
    const read = vi.fn<() => Promise<string>>(async () => "found");
    const found = readAs(ask("GET"), read).catch((error: unknown) => error);
    await vi.waitFor(() => expect(read).toHaveBeenCalled());
    hanging.resolve(await refusal()());
    expect(await found).toMatchObject({ code: "unauthenticated" });
  });

  test("is not read for a token that is already refused", async () => {
    const read = vi.fn<() => Promise<string>>();
    await expect(readAs(ask("GET", bearer("abc.def")), read)).rejects.toMatchObject({ code: "unauthenticated" });
    expect(read).not.toHaveBeenCalled();
  });

  test("waits for a user who is verified already", async () => {
    await ask("GET");
    expect(await isPending(ask("GET"))).toBe(false);
    expect(await readAs(ask("GET"), async () => "found")).toEqual([USER, "found"]);
  });

  test("reports the user's error before its own", async () => {
    answer.mockImplementation(refusal());
    const failing = () => Promise.reject(new AppError("db_unavailable", "JWT invalid"));
    await expect(readAs(ask("GET"), failing)).rejects.toMatchObject({ code: "unauthenticated" });
  });
});
