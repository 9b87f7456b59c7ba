import { expect, inject, test } from "vitest";
import { createAdmin, readAuditLog } from "../../support/admins";
import { seedRows } from "../../support/rows";
import { sql } from "../../support/sql";
import { connectAsService, createUser } from "../../support/users";

const stack = inject("stack");
const service = connectAsService(stack);
const admin = await createAdmin(stack);

type Listed = {
  id: string;
  details: string;
  resolution: string | null;
  resolved_by: string | null;
  media: { id: string; user_id: string; share_token: string | null; open_reports: number } | null;
};

/** Creates a user with one image, and shares the image with the returned token. */
async function seedShared() {
  const owner = await createUser(stack);
  const { id } = (await seedRows(stack, owner)).sdxl_images as { id: string };
  const share = async (token: string) =>
    (await service.rpc("share_media", { p_user: owner.id, p_id: id, p_token: token }).throwOnError()).data as unknown;
  const token = crypto.randomUUID();
  expect(await share(token)).toEqual([token]);
  return { owner, id, token, share };
}

const report = (token: string, reporter: string, details = "") =>
  service
    .rpc("report_media", { p_token: token, p_reason: "other", p_details: details, p_reporter: reporter })
    .throwOnError();
const list = async (p_open = true) => {
  const parameters = { p_open, p_before_at: null, p_before_id: null, p_limit: 100 };
  return (await admin.supabase.rpc("list_reports", parameters).throwOnError()).data as Listed[];
};
const listOf = async (id: string, isOpen = true) => (await list(isOpen)).filter(({ media }) => media?.id === id);
const act = async (name: string, parameters: object) =>
  (await admin.supabase.rpc(name, parameters).throwOnError()).data as string;
const isShown = async (token: string) =>
  ((await service.rpc("find_shared_media", { p_token: token }).throwOnError()).data as unknown[]).length === 1;

test("a visitor's reports of the same file count once, and an unknown token is no error", async () => {
  const { id, token } = await seedShared();
  await report(token, "one", "first");
  await report(token, "one", "second");
  await report(token, "two", "third");
  await report(crypto.randomUUID(), "one");
  const found = await listOf(id);
  expect(found.map(({ details }) => details)).toEqual(["third", "first"]);
  expect(found[0]?.media).toMatchObject({ share_token: token, open_reports: 2 });
  const stored = await sql<{ reporter: string }>(stack, `select reporter from reports where image_id = '${id}'`);
  expect(new Set(stored.map(({ reporter }) => reporter.length))).toEqual(new Set([64]));
});

test("one visitor's reports of two files cannot be connected", async () => {
  const [one, two] = [await seedShared(), await seedShared()];
  await report(one.token, "the same");
  await report(two.token, "the same");
  const query = `select distinct reporter from reports where image_id in ('${one.id}', '${two.id}')`;
  expect(await sql(stack, query)).toHaveLength(2);
});

test("a file has at most 20 reports to look at, also if many arrive at once", async () => {
  const { id, token } = await seedShared();
  for (let count = 0; count < 18; count += 1) await report(token, `visitor ${count}`);
  await Promise.all(Array.from({ length: 8 }, (_, index) => report(token, `another ${index}`)));
  expect(await listOf(id)).toHaveLength(20);
});

test("a file that is taken down is not shared any more, and cannot be shared again until that is allowed", async () => {
  const { owner, id, token, share } = await seedShared();
  await report(token, "one");
  await report(token, "two");
  expect(await isShown(token)).toBe(true);
  expect(await act("take_down_media", { p_media: id })).toBe("done");
  expect(await isShown(token)).toBe(false);
  expect(await share(token)).toEqual([null]);
  expect(await listOf(id)).toEqual([]);
  const resolved = { resolution: "taken_down", resolved_by: admin.email };
  expect(await listOf(id, false)).toMatchObject([resolved, resolved]);
  expect(await act("take_down_media", { p_media: id })).toBe("not_found");

  expect(await act("permit_sharing", { p_media: id })).toBe("done");
  expect(await isShown(token)).toBe(false);
  expect(await share("a new token")).toEqual(["a new token"]);
  expect(await act("permit_sharing", { p_media: id })).toBe("not_found");
  expect(await readAuditLog(stack, owner.id)).toEqual(
    ["take_down_media", "permit_sharing"].map((action) => ({ actor_id: admin.id, action, details: { media: id } })),
  );
});

test("a dismissed report takes the others of the same file with it, and changes nothing for the owner", async () => {
  const [one, two] = [await seedShared(), await seedShared()];
  for (const { token } of [one, two]) for (const reporter of ["a", "b"]) await report(token, reporter);
  const [first] = await listOf(one.id);
  expect(await act("dismiss_report", { p_report: first?.id })).toBe("done");
  expect([await listOf(one.id), (await listOf(one.id, false)).length, (await listOf(two.id)).length]).toEqual([
    [],
    2,
    2,
  ]);
  expect(await isShown(one.token)).toBe(true);
  expect(await act("dismiss_report", { p_report: first?.id })).toBe("not_found");
  expect(await readAuditLog(stack, one.owner.id)).toMatchObject([{ action: "dismiss_report" }]);
});

test("the report of a deleted file stays, and can be dismissed", async () => {
  const { id, token } = await seedShared();
  await report(token, "one", "of a file that goes");
  await sql(stack, `delete from sdxl_images where id = '${id}'`);
  const found = (await list()).find(({ details }) => details === "of a file that goes");
  expect(found?.media).toBeNull();
  expect(await act("dismiss_report", { p_report: found?.id })).toBe("done");
});

test("what a blocked user shares is not shown, and is shown again afterwards", async () => {
  const { owner, token } = await seedShared();
  await act("block_user", { p_user: owner.id, p_reason: "x" });
  expect(await isShown(token)).toBe(false);
  await act("unblock_user", { p_user: owner.id });
  expect(await isShown(token)).toBe(true);
});
