import { expect, inject, onTestFinished, test } from "vitest";
import { createApi, setFaults } from "../support/api";
import { sql } from "../support/sql";
import { listUploadFiles, type Upload, uploadPng } from "../support/uploads";
import { sweep } from "../support/sweep";
import { createUser } from "../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = createApi(stack, user);
const other = createApi(stack, await createUser(stack));

test("a user lists the uploads page by page, and can delete and restore them", async () => {
  const tidy = createApi(stack, await createUser(stack));
  const made: string[] = [];
  for (const red of [21, 22, 23]) made.unshift((await uploadPng(tidy, red)).id);
  const list = async (query = "") =>
    (await (await tidy.ask(`/api/uploads${query}`)).json()) as { results: Upload[]; next: string | null };
  const first = await list("?limit=2");
  const second = await list(`?limit=2&cursor=${first.next}`);
  expect([...first.results, ...second.results].map(({ id }) => id)).toEqual(made);
  expect(second.next).toBeNull();
  expect((await tidy.ask("/api/uploads?cursor=x")).status).toBe(400);
  expect((await list()).results.map(({ id }) => id)).toEqual(made);
  expect(((await (await other.ask("/api/uploads")).json()) as { results: Upload[] }).results).toEqual([]);

  const [newest = "", ...rest] = made;
  const remove = (id: string, query = "", as = tidy) => as.ask(`/api/uploads/${id}${query}`, { method: "DELETE" });
  expect((await remove(newest, "?undo=60", other)).status).toBe(404);
  expect((await remove(newest, "?undo=60")).status).toBe(204);
  expect((await list()).results.map(({ id }) => id)).toEqual(rest);
  expect((await tidy.ask(`/api/uploads/${newest}`)).status).toBe(404);
  const restore = (as = tidy) =>
    as.ask("/api/uploads/restore", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ids: [newest] }),
    });
  expect(await (await restore(other)).json()).toEqual({ restored: [] });
  expect(await (await restore()).json()).toEqual({ restored: [newest] });
  expect((await tidy.ask(`/api/uploads/${newest}`)).status).toBe(200);
  expect((await remove(newest)).status).toBe(204);
  expect(await (await restore()).json()).toEqual({ restored: [] });
  expect((await remove(newest)).status).toBe(404);
});

test("a prediction that was not sent yet fails clearly if its upload was deleted", async () => {
  const { id } = await uploadPng(api, 24);
  await setFaults(stack, { create: { status: 429, retry_after: 3, count: 1 } });
  onTestFinished(() => setFaults(stack, {}));
  const answer = await api.submit({ model: "nightmareai/real-esrgan", input: { image: id, scale: 2 } });
  const created = (await answer.json()) as { id: string };
  await api.until(created.id, ({ status }) => status === "queued");
  await api.ask(`/api/uploads/${id}`, { method: "DELETE" });
  expect(await api.ended(created.id)).toMatchObject({ status: "failed", error: "An input file has been deleted." });
});

test("an upload unused for two weeks is deleted, row and file", async () => {
  const [stays, goes] = [await uploadPng(api, 5), await uploadPng(api, 6)];
  const objects = () => listUploadFiles(stack, user);
  await sql(stack, `update uploads set used_at = now() - interval '15 days' where id = '${goes.id}'`);
  await sweep(stack);
  await expect.poll(objects, { timeout: 20_000 }).not.toContain(`${goes.id}.png`);
  expect(await objects()).toContain(`${stays.id}.png`);
  expect((await api.ask(goes.url)).status).toBe(404);
  expect((await api.ask(stays.url)).status).toBe(200);
});

test("deleting an account deletes its uploads", async () => {
  const leaving = await createUser(stack);
  const left = () => sql(stack, `select name from storage.objects where name like '${leaving.id}/%'`);
  await uploadPng(createApi(stack, leaving), 11);
  // The two objects are the file and its thumbnail.
  expect(await left()).toHaveLength(2);
  await sql(stack, `delete from auth.users where id = '${leaving.id}'`);
  await sweep(stack);
  await expect.poll(left, { timeout: 20_000 }).toEqual([]);
});
