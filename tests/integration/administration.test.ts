import { expect, inject, test } from "vitest";
import { ageSignIn, createAdmin, readAuditLog } from "../support/admins";
import { createApi, listAccepted } from "../support/api";
import { startAnotherApp } from "../support/another-app";
import { fillGallery } from "../support/seed";
import { readMails, sql } from "../support/sql";
import { connectAsService, createUser, signIn, type User } from "../support/users";
import { openPage, sendForm } from "./support/page-forms";

const stack = inject("stack");
const admin = await createAdmin(stack);
const pages = ["", "/installation", "/reports", "/log", `/users/${admin.id}`].map((path) => `/dashboard/admin${path}`);
const pageOf = ({ id }: User) => `/dashboard/admin/users/${id}`;
const act = (user: User, button: string, fields: Record<string, string> = {}) =>
  sendForm(stack, pageOf(user), button, fields, { user: admin });

async function shareNewest(user: User) {
  const { data } = await connectAsService(stack)
    .from("sdxl_images")
    .select("id")
    .eq("user_id", user.id)
    .order("created_at", { ascending: false })
    .limit(1)
    .single()
    .throwOnError();
  const { id } = data as { id: string };
  const answer = await createApi(stack, user).ask(`/api/media/${id}/share`, { method: "POST" });
  const { share_token: token } = (await answer.json()) as { share_token: string };
  return { id, token };
}

test("the pages are for administrators with a recent sign-in, and do not exist for others", async () => {
  const user = await createUser(stack);
  for (const path of pages) {
    expect([path, (await openPage(stack, path, admin)).status]).toEqual([path, 200]);
    expect([path, (await openPage(stack, path, user)).status]).toEqual([path, 404]);
    const visitor = await openPage(stack, path);
    expect([visitor.status, visitor.location]).toEqual([307, `/login?next=${encodeURIComponent(path)}`]);
  }
  const late = await createAdmin(stack);
  const accessToken = await ageSignIn(stack, late, 11);
  const value = Buffer.from(
    JSON.stringify({
      access_token: accessToken,
      refresh_token: "unused",
      token_type: "bearer",
      expires_in: 3600,
      expires_at: Math.floor(Date.now() / 1000) + 3600,
      user: { id: late.id, email: late.email },
    }),
  );
  const old = { ...late, cookie: { Cookie: `sb-127-auth-token=base64-${value.toString("base64url")}` } };
  const [path = ""] = pages;
  expect(await openPage(stack, path, old)).toMatchObject({
    status: 307,
    location: `/login/again?next=${encodeURIComponent(path)}`,
  });
});

test("only administrators have the link to these pages", async () => {
  const user = await createUser(stack);
  const html = await Promise.all(
    [admin, user].map(async (one) => (await openPage(stack, "/dashboard/models", one)).html),
  );
  expect(html.map((text) => text.includes('href="/dashboard/admin"'))).toEqual([true, false]);
});

test("a blocked user is out of every door within five seconds, and back after unblocking", async () => {
  const user = await createUser(stack);
  await fillGallery(stack, user, 1);
  const { id, token } = await shareNewest(user);
  const words = `blocked while it runs [slow] ${user.id}`;
  const api = createApi(stack, user);
  const running = await api.create({ prompt: words });
  await api.until(running.id, ({ status }) => status === "processing");
  const elsewhere = createApi(stack, await signIn(stack, user.email, user.password));
  const paths = ["/api/usage", "/api/replicate", `/api/media/${id}`, `/api/media/${id}?size=thumb`];
  const read = async () =>
    (
      await Promise.all([api, elsewhere].flatMap(({ ask }) => paths.map(async (path) => (await ask(path)).status)))
    ).every((status) => status === 401 || status === 404);
  expect(await read()).toBe(false);
  const shared = async () =>
    Promise.all(
      [`/s/${token}`, `/api/media/${id}?token=${token}`].map(async (path) => (await fetch(stack.appUrl + path)).status),
    );
  expect(await shared()).toEqual([200, 200]);

  const start = performance.now();
  expect((await act(user, "Block this user", { reason: "spam" })).location).toContain("block_user.done");
  expect(await shared()).toEqual([404, 404]);
  await expect.poll(read, { timeout: 20_000, interval: 200 }).toBe(true);
  // Each server trusts a verified token for five seconds. Three more seconds are for the last poll, which may be slow.
  expect(performance.now() - start).toBeLessThan(8_000);
  expect((await openPage(stack, "/dashboard/gallery", user)).status).toBe(307);
  await expect
    .poll(async () => (await listAccepted(stack, words)).map(({ status }) => status), { timeout: 30_000 })
    .toEqual(["canceled"]);
  await expect(signIn(stack, user.email, user.password)).rejects.toMatchObject({ code: "user_banned" });

  expect((await act(user, "Unblock")).location).toContain("unblock_user.done");
  expect(await shared()).toEqual([200, 200]);
  expect((await createApi(stack, await signIn(stack, user.email, user.password)).ask("/api/usage")).status).toBe(200);
});

test("the limits that an administrator sets hold at once, and the user sees them", async () => {
  const user = await createUser(stack);
  const api = createApi(stack, user);
  const limits = { daily_images: "1", daily_usd: "2.5", in_flight: "3", storage_gb: "0.5" };
  expect((await act(user, "Save limits", limits)).location).toContain("set_user_limits.done");
  const usage = (await (await api.ask("/api/usage")).json()) as Record<string, { limit: number }>;
  expect([usage.images?.limit, usage.usd?.limit, usage.in_flight?.limit, usage.stored_bytes?.limit]).toEqual([
    1, 2.5, 3, 5e8,
  ]);
  await api.create({ prompt: "the only one" });
  expect(await (await api.submit({ input: { prompt: "one too many" } })).json()).toMatchObject({
    type: "quota_exceeded",
  });
  expect((await act(user, "Save limits", { daily_images: "-1" })).location).toContain("set_user_limits.invalid");
  await act(user, "Save limits", { daily_images: "", daily_usd: "", in_flight: "", storage_gb: "" });
  await api.create({ prompt: "allowed again" });
  expect((await readAuditLog(stack, user.id)).map(({ action }) => action)).toEqual([
    "set_user_limits",
    "set_user_limits",
  ]);
});

test("users are found by their address and by their id, page by page", async () => {
  const [user, other] = await Promise.all([createUser(stack), createUser(stack)]);
  for (const q of [user.email.slice(3, 30).toUpperCase(), user.id]) {
    const { html } = await openPage(stack, `/dashboard/admin?q=${q}`, admin);
    expect([html.includes(user.email), html.includes(other.email)]).toEqual([true, false]);
  }
  expect((await openPage(stack, "/dashboard/admin?q=%25&cursor=x", admin)).html).toContain("No user matches");
  const seen: string[] = [];
  const list = async (before: { created_at: string; id: string } | null) => {
    const parameters = {
      p_search: "",
      p_before_at: before?.created_at ?? null,
      p_before_id: before?.id ?? null,
      p_limit: 3,
    };
    const { data } = await admin.supabase.rpc("list_users", parameters).throwOnError();
    return data as { created_at: string; id: string }[];
  };
  let page = await list(null);
  while (page.length > 0) {
    seen.push(...page.map(({ id }) => id));
    const last = page.at(-1);
    page = last ? await list({ id: last.id, created_at: new Date(last.created_at).toISOString() }) : [];
  }
  const users = await sql(stack, "select id from auth.users");
  expect([seen.length, new Set(seen).size]).toEqual([users.length, users.length]);
});

test("an address in ADMIN_EMAILS becomes an administrator at the next page, once", async () => {
  const user = await createUser(stack);
  const app = await startAnotherApp(stack, { ADMIN_EMAILS: `someone@else.example, ${user.email.toUpperCase()}` });
  const status = async () => (await openPage(app, "/dashboard/admin", user)).status;
  try {
    expect(await status()).toBe(200);
    await admin.supabase.rpc("remove_admin", { p_user: user.id }).throwOnError();
    expect(await status()).toBe(404);
  } finally {
    await app.stop();
  }
});

test("with ADMIN_MFA=1, an administrator needs a second factor", async () => {
  const app = await startAnotherApp(stack, { ADMIN_MFA: "1" });
  try {
    const { status, location } = await openPage(app, "/dashboard/admin/log", admin);
    expect([status, location]).toEqual([307, "/login/second-factor?next=%2Fdashboard%2Fadmin%2Flog"]);
  } finally {
    await app.stop();
  }
});

test("where not everyone may sign up, an administrator invites users by e-mail", async () => {
  const app = await startAnotherApp(stack, { SIGN_UP: "invite" });
  const invite = async (email: string) =>
    (await sendForm(app, "/dashboard/admin", "Invite", { email }, { user: admin })).location;
  const email = `invited-${crypto.randomUUID()}@darkroom.test`;
  try {
    expect(await invite(email)).toContain("invite_user.sent");
    const [{ id } = { id: "" }] = await sql<{ id: string }>(
      stack,
      `select id from auth.users where email = '${email}'`,
    );
    expect(await readAuditLog(stack, id)).toEqual([{ actor_id: admin.id, action: "invite_user", details: {} }]);
    const mail = (await readMails(stack)).find(({ to }) => to === email);
    expect(mail?.link).toContain("type=invite");
    expect(await invite(admin.email)).toContain("invite_user.exists");
    expect(await invite("nobody")).toContain("invite_user.invalid");
  } finally {
    await app.stop();
  }
});
