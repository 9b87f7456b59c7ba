import { expect, inject, test } from "vitest";
import { createAdmin, readAuditLog } from "../../support/admins";
import { seedRows, startOutcome } from "../../support/rows";
import { connectAsService, createUser, type User } from "../../support/users";

const stack = inject("stack");
const service = connectAsService(stack);
const admin = await createAdmin(stack);

const setLimits = (user: User, p_limits: object) =>
  admin.supabase.rpc("set_user_limits", { p_user: user.id, p_limits }).throwOnError();
const usageOf = async (user: User) =>
  (await service.rpc("usage_today", { p_user: user.id }).throwOnError()).data as Record<string, unknown>;

test("the limits of a user come before those of the settings, higher or lower", async () => {
  const user = await createUser(stack);
  const settings = { daily_per_user: 2, daily_per_new_user: 1, daily_usd_per_user: 1, in_flight: 1 };
  await setLimits(user, { daily_images: 4, daily_usd: 3, in_flight: 3 });
  const start = (columns: object) => startOutcome(stack, user, columns, settings);
  expect(await start({ image_count: 2, max_usd: 2 })).toBe("created");
  expect(await start({ image_count: 3 })).toBe("quota_exceeded");
  expect(await start({ image_count: 1, max_usd: 1.5 })).toBe("budget_exceeded");
  expect(await start({ image_count: 1 })).toBe("created");
  expect(await start({ image_count: 1 })).toBe("created");
  expect(await start({ image_count: 0 })).toBe("in_flight_limit");

  await setLimits(user, { daily_images: 0 });
  expect(await startOutcome(stack, user)).toBe("quota_exceeded");
  expect(await startOutcome(stack, user, { image_count: 0 })).toBe("created");
  await setLimits(user, {});
  expect(await startOutcome(stack, user)).toBe("created");
});

test("the storage of a user counts for runs and for uploads", async () => {
  const user = await createUser(stack);
  await seedRows(stack, user);
  const stored = Number((await usageOf(user)).stored_bytes);
  const upload = async () => {
    const id = crypto.randomUUID();
    const p_pending = { id, storage_path: `${user.id}/incoming/${id}.part`, name: "a", bytes: 10 };
    const p_limits = { count: 100, open: 10, storage_per_user: 0, storage_total: null };
    return (await service.rpc("start_pending_upload", { p_user: user.id, p_pending, p_limits }).throwOnError()).data;
  };
  await setLimits(user, { storage_bytes: stored });
  expect([await startOutcome(stack, user), await upload()]).toEqual(["storage_limit", "storage_limit"]);
  await setLimits(user, { storage_bytes: stored + 10 });
  const full = { storage_per_user: 0 };
  expect([await startOutcome(stack, user, {}, full), await upload()]).toEqual(["created", "created"]);
});

test("the usage of a user names the limits that were set, and the log has each change", async () => {
  const user = await createUser(stack);
  expect(await usageOf(user)).toMatchObject({ limits: null });
  const limits = { daily_images: 5, daily_usd: 0.5, in_flight: 2, storage_bytes: 1000 };
  await setLimits(user, limits);
  expect(await usageOf(user)).toMatchObject({ limits });
  const none = { daily_images: null, daily_usd: null, in_flight: null, storage_bytes: null };
  await setLimits(user, {});
  expect(await usageOf(user)).toMatchObject({ limits: none });
  expect(await readAuditLog(stack, user.id)).toEqual(
    [limits, none].map((details) => ({ actor_id: admin.id, action: "set_user_limits", details })),
  );
});

test("a limit that makes no sense is refused", async () => {
  const user = await createUser(stack);
  for (const p_limits of [{ daily_images: -1 }, { daily_usd: -0.1 }, { in_flight: 0 }, { storage_bytes: -1 }]) {
    const { error } = await admin.supabase.rpc("set_user_limits", { p_user: user.id, p_limits });
    expect(error).not.toBeNull();
  }
  expect(await readAuditLog(stack, user.id)).toEqual([]);
});
