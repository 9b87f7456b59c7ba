import { expect, inject, test } from "vitest";
import { sql } from "../../support/database";

const stack = inject("stack");

test("every table has row level security", async () => {
  const open = await sql(
    stack,
    `select relname from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relrowsecurity`,
  );
  expect(open).toEqual([]);
});
