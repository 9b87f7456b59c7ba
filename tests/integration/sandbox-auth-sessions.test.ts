import { afterEach, expect, inject, test } from "vitest";
import { claimsOf } from "../support/claims";
import { readMails, setAuthFaults, sql } from "../support/sql";
import { connect, createUser, signIn } from "../support/users";

const stack = inject("stack");
const apikey = stack.env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY ?? "";

afterEach(() => setAuthFaults(stack, {}));

const ask = (path: string, { method = "POST", body = {}, headers = {} } = {}) =>
  fetch(`${stack.supabaseUrl}/auth/v1${path}`, {
    method,
    headers: { apikey, "content-type": "application/json", ...headers },
    ...(method === "POST" && { body: JSON.stringify(body) }),
  });
const refresh = async (refresh_token: string) => {
  const { data, error } = await connect(stack).auth.refreshSession({ refresh_token });
  return { token: data.session?.refresh_token ?? "", access: data.session?.access_token, code: error?.code };
};
/** Returns "yes" if the token belongs to a signed-in user, or else the error code of the response. */
async function isSignedIn(token: string) {
  const response = await ask("/user", { method: "GET", headers: { authorization: `Bearer ${token}` } });
  return response.headers.get("x-sb-error-code") ?? "yes";
}

test("an access token says how and when the user signed in, and a refresh keeps it", async () => {
  const user = await createUser(stack);
  const claims = claimsOf(user.accessToken);
  expect(claims).toMatchObject({ aal: "aal1", amr: [{ method: "password" }] });
  expect(Math.abs((claims.amr[0]?.timestamp ?? 0) - Date.now() / 1000)).toBeLessThan(60);
  expect(claimsOf((await refresh(user.refreshToken)).access)).toEqual(claims);
});

test("a session has the browser and the address of its last request", async () => {
  const user = await createUser(stack);
  const { session_id } = claimsOf(user.accessToken);
  const read = () =>
    sql(stack, `select user_agent, host(ip) as ip, refreshed_at from auth.sessions where id = '${session_id}'`);
  expect(await read()).toEqual([{ user_agent: expect.any(String), ip: "127.0.0.1", refreshed_at: null }]);

  const headers = { "user-agent": "Another browser", "x-forwarded-for": "203.0.113.7, 10.0.0.1" };
  const body = { refresh_token: user.refreshToken };
  expect((await ask("/token?grant_type=refresh_token", { body, headers })).status).toBe(200);
  expect(await read()).toEqual([{ user_agent: "Another browser", ip: "203.0.113.7", refreshed_at: expect.anything() }]);
});

test("a refresh token that is used again gives the same session while the response may have been lost, and later ends it", async () => {
  const { refreshToken } = await createUser(stack);
  const second = await refresh(refreshToken);
  expect(await refresh(refreshToken)).toMatchObject({ token: second.token });
  const third = await refresh(second.token);
  expect(third.token).not.toBe(second.token);

  await sql(
    stack,
    `update auth.refresh_tokens set updated_at = now() - interval '1 minute' where token = '${refreshToken}'`,
  );
  expect((await refresh(refreshToken)).code).toBe("refresh_token_already_used");
  await sql(
    stack,
    `update auth.refresh_tokens set updated_at = now() - interval '1 minute' where token = '${third.token}'`,
  );
  expect((await refresh(third.token)).code).toBe("refresh_token_already_used");
  expect((await refresh("abcdefghijkl")).code).toBe("refresh_token_not_found");
  expect((await refresh("no token")).code).toBe("validation_failed");
});

test("a sign-out ends this session, the others, or all", async () => {
  const first = await createUser(stack);
  const open = () => signIn(stack, first.email, first.password);
  const [second, third] = [await open(), await open()];
  const check = () => Promise.all([first, second, third].map(({ accessToken }) => isSignedIn(accessToken)));
  const leave = (user: typeof first, scope: string) =>
    ask(`/logout?scope=${scope}`, { headers: user.bearer }).then(({ status }) => status);

  expect(await leave(second, "local")).toBe(204);
  expect(await check()).toEqual(["yes", "session_not_found", "yes"]);
  await leave(third, "others");
  expect(await check()).toEqual(["session_not_found", "session_not_found", "yes"]);
  await leave(third, "global");
  expect(await isSignedIn(third.accessToken)).toBe("session_not_found");
  expect((await refresh(third.refreshToken)).code).toBe("refresh_token_not_found");
  expect(await leave(third, "everywhere")).toBe(403);
});

test("a new password ends the other sessions, and must be new and strong", async () => {
  const user = await createUser(stack);
  const other = await signIn(stack, user.email, user.password);
  const client = connect(stack);
  await client.auth.signInWithPassword(user);
  const change = async (password: string) => (await client.auth.updateUser({ password })).error;
  expect(await change(user.password)).toMatchObject({ status: 422, code: "same_password" });
  expect(await change("short")).toMatchObject({ code: "weak_password", reasons: ["length"] });
  expect(await change("another long password")).toBeNull();
  expect(await isSignedIn(other.accessToken)).toBe("session_not_found");
  expect((await client.auth.getUser()).error).toBeNull();
});

test("errors have the form of the client's API version", async () => {
  const path = "/token?grant_type=password";
  const old = await ask(path, { body: { email: "nobody@darkroom.test", password: "wrong" } });
  expect([old.status, old.headers.get("x-sb-error-code")]).toEqual([400, "invalid_credentials"]);
  const message = "Invalid login credentials";
  expect(await old.json()).toEqual({ code: 400, error_code: "invalid_credentials", msg: message });
  const headers = { "x-supabase-api-version": "2024-01-01" };
  const current = await ask(path, { headers, body: { email: "nobody@darkroom.test", password: "wrong" } });
  expect(await current.json()).toEqual({ code: "invalid_credentials", message });
});

test("keys: none, a wrong one, and the secret one from a browser are refused", async () => {
  const status = async (headers: Record<string, string>) => (await ask("/settings", { method: "GET", headers })).status;
  const secret = stack.env.SUPABASE_SECRET_KEY ?? "";
  expect(await status({ apikey: "" })).toBe(401);
  expect(await status({ apikey: "sb_publishable_wrong" })).toBe(401);
  expect(await status({ apikey: secret, "user-agent": "Mozilla/5.0 (X11; Linux x86_64)" })).toBe(401);
  expect(await status({ apikey: secret, "user-agent": "node" })).toBe(200);
  expect((await ask("/user", { method: "GET" })).status).toBe(403);
});

test("rules make requests fail on purpose, as often as they say", async () => {
  const { email, password } = await createUser(stack);
  const code = async () => (await connect(stack).auth.signInWithPassword({ email, password })).error?.code;
  await setAuthFaults(stack, {
    path: "/token?grant_type=password",
    code: "over_request_rate_limit",
    count: 2,
    match: email,
  });
  expect([await code(), await code(), await code()]).toEqual([
    "over_request_rate_limit",
    "over_request_rate_limit",
    undefined,
  ]);
  await setAuthFaults(stack, { path: "/otp", status: 503, html: true });
  const blocked = await ask("/otp", { body: { email } });
  expect([blocked.status, await blocked.text()]).toEqual([503, "<h1>Error</h1>"]);
});

test("a new password in a session of yesterday needs a code by e-mail, which works once", async () => {
  const user = await createUser(stack);
  const { auth } = connect(stack);
  await auth.setSession({ access_token: user.accessToken, refresh_token: user.refreshToken });
  const change = async (nonce?: string) =>
    (await auth.updateUser({ password: `password ${crypto.randomUUID()}`, ...(nonce && { nonce }) })).error?.code;
  const age = (time: string) =>
    sql(stack, `update auth.sessions set created_at = now() - interval '${time}' where user_id = '${user.id}'`);
  await age("23 hours");
  expect(await change()).toBeUndefined();
  await age("25 hours");
  expect(await change()).toBe("reauthentication_needed");
  await auth.reauthenticate();
  const code = (await readMails(stack)).find(({ to }) => to === user.email)?.code ?? "";
  expect(await change("wrong")).toBe("reauthentication_not_valid");
  expect(await change(code)).toBeUndefined();
  expect(await change(code)).toBe("reauthentication_not_valid");
});
