import { globSync, readFileSync } from "node:fs";
import { expect, inject, test } from "vitest";
import { sql } from "../../support/sql";

/** Tables that have rows of a user but are left out of exports, each with the reason. */
const LEFT_OUT: Record<string, string> = {
  admins: "says who administers the installation",
  account_deletions: "says only when the account will be deleted, which the page shows",
  exports: "is about exports",
  pending_uploads: "has no file yet, and becomes an upload within an hour or is deleted",
  storage_changes: "has sums that follow from the files",
  storage_usage: "has sums that follow from the files",
  webhook_events: "says what is not sent yet, which follows from the predictions",
  user_limits: "has decisions of administrators. The account page shows the limits",
};

test("every table with rows of users is in an export, or left out for a reason", async () => {
  const tables = await sql<{ name: string }>(
    inject("stack"),
    `select distinct relname as name from pg_class join pg_attribute on attrelid = pg_class.oid
     where relnamespace = 'public'::regnamespace and relkind = 'r' and attname in ('user_id', 'owner_id', 'created_by')
     order by relname`,
  );
  const code = [
    ...globSync("lib/account/exports/*.ts").map((path) => readFileSync(path, "utf8")),
    ...(
      await sql<{ prosrc: string }>(inject("stack"), "select prosrc from pg_proc where proname like 'list_export_%'")
    ).map(({ prosrc }) => prosrc),
  ].join("\n");
  const isExported = (name: string) => new RegExp(`public\\.${name}\\b|from\\("${name}"\\)`).test(code);
  const unknown = tables.filter(({ name }) => !(name in LEFT_OUT) && !isExported(name));
  expect(unknown).toEqual([]);
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(["predictions", "sdxl_images", "uploads"]));
});
