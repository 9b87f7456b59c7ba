import { beforeAll, expect, inject, test } from "vitest";
import { createAdmin, readAuditLog } from "../../support/admins";
import { seedRows, startOutcome, startRow } from "../../support/rows";
import { sql } from "../../support/sql";
import { connect, connectAsService, createUser, signIn, type User } from "../../support/users";

const stack = inject("stack");
const service = connectAsService(stack);
const noLimit = { count: 100, open: 10, storage_per_user: null, storage_total: null };

let admin: User;

beforeAll(async () => {
  admin = await createAdmin(stack);
});

const call = async (name: string, parameters: object) =>
  (await admin.supabase.rpc(name, parameters).throwOnError()).data as string;
const block = (user: User) => call("block_user", { p_user: user.id, p_reason: "spam" });
const statusOf = async (id: string) => {
  const rows = service.from("predictions").select("status, cancel_requested_at").eq("id", id);
  const { status, cancel_requested_at } = (await rows.single().throwOnError()).data;
  return [status, cancel_requested_at !== null];
};

test("the valid token of a blocked user reads and changes nothing at the database", async () => {
  const user = await createUser(stack);
  const rows = await seedRows(stack, user);
  const tables = Object.keys(rows);
  const read = () =>
    Promise.all(tables.map(async (table) => (await user.supabase.from(table).select("*")).data?.length));
  expect(await read()).toEqual(tables.map(() => 1));
  expect(await block(user)).toBe("done");
  expect(await read()).toEqual(tables.map(() => 0));
  await user.supabase.from("sdxl_images").update({ favorite: true }).eq("user_id", user.id);
  const { data } = await service.from("sdxl_images").select("favorite").eq("user_id", user.id).throwOnError();
  expect(data).toEqual([{ favorite: false }]);
  expect((await user.supabase.rpc("recent_prompts", { p_limit: 10 })).data).toEqual([]);
});

test("blocking ends all sessions and refuses new ones, and unblocking allows them again", async () => {
  const user = await createUser(stack);
  await signIn(stack, user.email, user.password);
  expect(await block(user)).toBe("done");
  expect(await sql(stack, `select id from auth.sessions where user_id = '${user.id}'`)).toEqual([]);
  const { error } = await connect(stack).auth.refreshSession({ refresh_token: user.refreshToken });
  expect(error).not.toBeNull();
  await expect(signIn(stack, user.email, user.password)).rejects.toMatchObject({ code: "user_banned" });

  expect(await call("unblock_user", { p_user: user.id })).toBe("done");
  const back = await signIn(stack, user.email, user.password);
  expect(back.id).toBe(user.id);
  expect(await readAuditLog(stack, user.id)).toEqual([
    { actor_id: admin.id, action: "block_user", details: { reason: "spam" } },
    { actor_id: admin.id, action: "unblock_user", details: {} },
  ]);
});

test("a blocked user starts nothing, and what runs or waits is canceled", async () => {
  const user = await createUser(stack);
  const [running, queued] = [await startRow(stack, user), await startRow(stack, user)];
  await service
    .rpc("queue_prediction", { p_id: queued, p_lease: queued, p_next_in: 600, p_throttled: false })
    .throwOnError();
  expect(await block(user)).toBe("done");
  expect(await statusOf(queued)).toEqual(["canceled", true]);
  expect(await statusOf(running)).toEqual(["starting", true]);
  expect(await startOutcome(stack, user)).toBe("blocked");

  const bytes = { name: "a.png", bytes: 10, storage_path: `${user.id}/uploads/a.png` };
  const upload = { ...bytes, id: crypto.randomUUID(), content_type: "image/png", sha256: "0".repeat(64) };
  const started = await service
    .rpc("start_upload", { p_user: user.id, p_upload: upload, p_limits: noLimit })
    .throwOnError();
  expect(started.data).toEqual({ outcome: "blocked" });
  const pending = { ...bytes, id: crypto.randomUUID(), storage_path: `${user.id}/incoming/a.part` };
  const sent = await service
    .rpc("start_pending_upload", { p_user: user.id, p_pending: pending, p_limits: noLimit })
    .throwOnError();
  expect(sent.data).toBe("blocked");
});

test("nothing that is started while a user is being blocked goes on", async () => {
  const user = await createUser(stack);
  const ids = Array.from({ length: 20 }, () => crypto.randomUUID());
  const [, ...outcomes] = await Promise.all([block(user), ...ids.map((id) => startOutcome(stack, user, { id }))]);
  const created = ids.filter((_, index) => outcomes[index] === "created");
  expect(outcomes.filter((outcome) => outcome === "blocked")).toHaveLength(ids.length - created.length);
  expect(await Promise.all(created.map(statusOf))).toEqual(created.map(() => ["starting", true]));
});

test("the signed URLs of a blocked user are closed by the next sweep", async () => {
  const user = await createUser(stack);
  const pending = { id: crypto.randomUUID(), storage_path: `${user.id}/incoming/b.part`, name: "b.mp4", bytes: 10 };
  await service.rpc("start_pending_upload", { p_user: user.id, p_pending: pending, p_limits: noLimit }).throwOnError();
  const abandoned = async () => {
    const { data } = await service.rpc("list_abandoned_uploads", { p_limit: 50 }).throwOnError();
    return (data as { id: string }[]).filter(({ id }) => id === pending.id).length;
  };
  expect(await abandoned()).toBe(0);
  await block(user);
  expect(await abandoned()).toBe(1);
});

test("blocking again changes the reason, but not the time", async () => {
  const user = await createUser(stack);
  const limits = () => sql(stack, `select blocked_at, blocked_reason from user_limits where user_id = '${user.id}'`);
  await block(user);
  const [before] = await limits();
  await call("block_user", { p_user: user.id, p_reason: "worse" });
  expect(await limits()).toEqual([{ ...before, blocked_reason: "worse" }]);
  expect(await call("block_user", { p_user: crypto.randomUUID(), p_reason: "x" })).toBe("not_found");
  expect(await call("unblock_user", { p_user: crypto.randomUUID() })).toBe("not_found");
});

test("an account whose deletion is due stays while its user is blocked", async () => {
  const user = await createUser(stack);
  const due = { user_id: user.id, due_at: "2000-01-01T00:00:00Z", leased_until: "2100-01-01T00:00:00Z" };
  await service.from("account_deletions").insert(due).throwOnError();
  const own = `user_id = '${user.id}'`;
  // All statements are one transaction, so that no sweep of an app claims the account first. The last statement releases the
  // accounts of other tests.
  const claim = async () => {
    await sql(
      stack,
      `do $$ begin
         update account_deletions set leased_until = null where ${own};
         perform claim_account_deletions(50, 600);
         update account_deletions set leased_until = null where leased_until = now() + interval '600 s' and not ${own};
       end $$`,
    );
    return sql(stack, `select user_id from account_deletions where ${own} and leased_until is not null`);
  };
  await block(user);
  expect(await claim()).toEqual([]);
  await call("unblock_user", { p_user: user.id });
  expect(await claim()).toEqual([{ user_id: user.id }]);
});
