import { expect, inject, onTestFinished, test } from "vitest";
import { startAnotherApp } from "../../support/another-app";
import { createApi } from "../../support/api";
import { sql } from "../../support/sql";
import { sweep } from "../../support/sweep";
import { insertUploads, listUploadFiles } from "../../support/uploads";
import { createUser } from "../../support/users";
import { formOf, sendForm } from "../support/file-form";
import { createClient } from "../support/official-client";

const stack = inject("stack");
const user = await createUser(stack);
const replicate = createClient(user);
const other = createClient(await createUser(stack));
const notFound = { response: { status: 404 } };

test("only its owner and whoever has its signed URL can read a file", async () => {
  const { id, urls } = await replicate.files.create(Buffer.from("a secret"));
  await expect(other.files.get(id)).rejects.toMatchObject(notFound);
  await expect(other.files.delete(id)).rejects.toMatchObject(notFound);
  expect((await other.files.list()).results).toEqual([]);

  const { origin, pathname, searchParams } = new URL(urls.get);
  const bare = origin + pathname;
  const later = String(Number(searchParams.get("expires")) + 3_600);
  const forged = `${bare}?${new URLSearchParams({ expires: later, signature: searchParams.get("signature") ?? "" })}`;
  const expired = `${bare}?expires=1&signature=${searchParams.get("signature")}`;
  for (const url of [bare, forged, expired]) expect((await fetch(url)).status).toBe(404);
  const withKey = await fetch(bare, { headers: user.bearer });
  expect([withKey.status, await withKey.text()]).toEqual([200, "a secret"]);
  expect((await fetch(bare, { headers: (await createUser(stack)).bearer })).status).toBe(404);
  expect((await fetch(bare, { headers: { authorization: "Bearer r8_x" } })).status).toBe(401);
});

test("the signed URL of a deleted file, and of a blocked user's, is not found", async () => {
  const blocked = await createUser(stack);
  const [gone, kept] = [
    await replicate.files.create(Buffer.from("gone")),
    await createClient(blocked).files.create(Buffer.from("x")),
  ];
  expect(await replicate.files.delete(gone.id)).toBe(true);
  await sql(stack, `insert into user_limits (user_id, blocked_at) values ('${blocked.id}', now())`);
  for (const { urls } of [gone, kept]) expect((await fetch(urls.get)).status).toBe(404);
});

test("a file above the operator's limit is refused, with and without a length, and leaves nothing behind", async () => {
  const app = await startAnotherApp(stack, { MAX_FILE_MB: "1" });
  onTestFinished(() => app.stop());
  const leaver = await createUser(stack);
  const large = new Blob([new Uint8Array(3_000_000)]);
  const announced = await sendForm(formOf(large), leaver, {}, app);
  const request = new Request("http://x", { method: "POST", body: formOf(large.slice(0, 1_000_001)) });
  const type = request.headers.get("content-type") ?? "";
  const chunked = await sendForm(request.body ?? "", leaver, { "content-type": type }, app);
  for (const response of [announced, chunked]) {
    expect([response.status, await response.json()]).toMatchObject([
      413,
      { detail: "Files must be less than 1MB in size" },
    ]);
  }
  expect((await createClient(leaver).files.list()).results).toEqual([]);
  expect(await listUploadFiles(stack, leaver)).toEqual([]);
});

test("files count toward the storage of their user, and are deleted with the account", async () => {
  const leaver = await createUser(stack);
  const client = createClient(leaver);
  await client.files.create(Buffer.from("12345"));
  const usage = (await (await createApi(stack, leaver).ask("/api/usage")).json()) as { stored_bytes: { used: number } };
  expect(usage.stored_bytes.used).toBe(5);
  await sql(stack, `insert into user_limits (user_id, storage_bytes) values ('${leaver.id}', 8)`);
  await expect(client.files.create(Buffer.from("6789"))).rejects.toMatchObject({ response: { status: 402 } });

  const left = () => sql(stack, `select name from storage.objects where name like '${leaver.id}/%'`);
  expect(await left()).toHaveLength(1);
  await sql(stack, `delete from auth.users where id = '${leaver.id}'`);
  await sweep(stack);
  await expect.poll(left, { timeout: 20_000 }).toEqual([]);
});

test("files of the API do not use up the places for uploads in the browser, and are listed with them", async () => {
  const owner = await createUser(stack);
  await insertUploads(stack, owner, 100);
  const client = createClient(owner);
  const { id } = await client.files.create(Buffer.from("one more"));
  const { results, next } = (await client.files.list()) as { results: { id: string }[]; next?: string };
  expect([results.length, results[0]?.id]).toEqual([100, id]);
  const rest = await (await fetch(next ?? "", { headers: owner.bearer })).json();
  expect(rest).toMatchObject({ next: null, previous: null, results: [{ metadata: {} }] });
});
