import type { Sql } from "postgres";
import { expect, test } from "vitest";
import { sendFewerMessages } from "../../../../sandbox/supabase/postgres-messages";

type Unsafe = (text: string, values?: unknown[]) => Promise<unknown>;

/**
 * Returns a connection, the statements that were sent, and a function that responds to `begin`. The response to any other
 * statement arrives at once.
 */
async function connect() {
  const sent: unknown[] = [];
  const begin = Promise.withResolvers<string>();
  const unsafe = (...statement: unknown[]) => {
    sent.push(statement);
    const response = statement[0] === "begin" ? begin.promise : Promise.resolve("rows");
    return Object.assign(response, { execute: () => response });
  };
  const client = { reserve: async () => ({ unsafe: unsafe as Unsafe }) };
  sendFewerMessages(client as unknown as Sql);
  return { connection: await client.reserve(), sent, respond: () => begin.resolve("begun") };
}
const orWaiting = (response: Promise<unknown>) => Promise.race([response, Promise.resolve("waiting")]);

test("a transaction sends its first statement without waiting for the response to `begin`", async () => {
  const { connection, sent } = await connect();
  await connection.unsafe("begin");
  expect(await orWaiting(connection.unsafe("select $1", ["a"]))).toBe("rows");
  expect(sent).toEqual([
    ["begin", [], { prepare: false }],
    ["select $1", ["a"], { prepare: true }],
  ]);
});

test("the first statement waits for the response to `begin` if a value is not a text", async () => {
  const { connection, respond } = await connect();
  await connection.unsafe("begin");
  const first = connection.unsafe("select $1", [1]);
  expect(await orWaiting(first)).toBe("waiting");
  respond();
  expect(await first).toBe("rows");
});
