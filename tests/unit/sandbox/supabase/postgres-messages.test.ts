import type { Sql } from "postgres";
import { expect, test } from "vitest";
import { sendFewerMessages } from "../../../../sandbox/supabase/postgres-messages";

type Unsafe = (text: string, values?: string[]) => Promise<unknown>;

/** Returns a connection of a client whose server never responds, and the statements that were sent. */
async function connect() {
  const sent: unknown[] = [];
  const unsafe = (...statement: unknown[]) => {
    sent.push(statement);
    const response = new Promise(() => {});
    return Object.assign(response, { execute: () => response });
  };
  const client = { reserve: async () => ({ unsafe: unsafe as Unsafe }) };
  sendFewerMessages(client as unknown as Sql);
  return { connection: await client.reserve(), sent };
}

test("a transaction does not wait for the response to `begin`", async () => {
  const { connection, sent } = await connect();
  await connection.unsafe("begin");
  expect(sent).toEqual([["begin", [], { prepare: false }]]);
});

test("only statements with values are prepared", async () => {
  const { connection, sent } = await connect();
  void connection.unsafe("select $1", ["a"]);
  void connection.unsafe("commit");
  expect(sent).toEqual([
    ["select $1", ["a"], { prepare: true }],
    ["commit", [], { prepare: false }],
  ]);
});
