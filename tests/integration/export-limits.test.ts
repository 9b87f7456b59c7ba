import { expect, inject, test } from "vitest";
import { createApi } from "../support/api";
import { makeExport } from "../support/exports";
import { fillGallery } from "../support/seed";
import { size } from "../support/form";
import { sql } from "../support/sql";
import { unzip } from "../support/unzip";
import { createUser } from "../support/users";

const stack = inject("stack");

/** Creates a user with an empty account. */
async function createAccount() {
  const user = await createUser(stack);
  return { user, api: createApi(stack, user) };
}

const FILES = size(60, 1000);

test(`an export of ${FILES} files is complete, and begins within seconds`, async () => {
  const { user, api } = await createAccount();
  await fillGallery(stack, user, FILES);
  const { url } = await makeExport(api);
  // The files have no saved checksums. This request computes them, so that only the next request is measured.
  await api.ask(url, { method: "HEAD" });
  const start = performance.now();
  const response = await api.ask(url);
  const beginning = performance.now() - start;
  const files = await unzip(await response.bytes());
  expect(files.length).toBe(3 + FILES);
  expect(new Set(files.map(({ name }) => name)).size).toBe(files.length);
  expect(beginning).toBeLessThan(2_000);
  expect(performance.now() - start).toBeLessThan(20_000);
});

test("only the owner downloads an export, and only until it expires", async () => {
  const [{ api }, other] = [await createAccount(), await createAccount()];
  const made = await makeExport(api);
  expect((await other.api.ask(made.url)).status).toBe(404);
  expect((await fetch(new URL(made.url, stack.appUrl))).status).toBe(401);
  for (const part of ["0", "2", "1.5", "-1", "x"]) {
    expect((await api.ask(`/api/account/exports/${made.id}/parts/${part}`)).status).toBe(404);
  }
  await sql(stack, `update exports set expires_at = now() where id = '${made.id}'`);
  expect((await api.ask(made.url)).status).toBe(404);
  await expect.poll(() => sql(stack, `select id from exports where id = '${made.id}'`)).toEqual([]);
});

test("a user makes five exports in a day, also with requests at the same time", async () => {
  const { api } = await createAccount();
  const responses = await Promise.all(
    Array.from({ length: 7 }, () => api.ask("/api/account/exports", { method: "POST" })),
  );
  const statuses = responses.map(({ status }) => status).toSorted((a, b) => a - b);
  expect(statuses).toEqual([201, 201, 201, 201, 201, 429, 429]);
});
