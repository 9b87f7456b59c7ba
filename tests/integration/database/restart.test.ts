import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startProcess } from "../../support/process";
import { startStack, type Stack } from "../../support/stack";
import { connectAsService, createUser, signIn } from "../../support/users";

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ next: false });
});
afterAll(() => stack.stop());

test("a second process on the same folder is refused, and the first continues", async () => {
  const second = startProcess(fileURLToPath(new URL("../../../sandbox/start.ts", import.meta.url)), [], {
    SANDBOX: "1",
    SANDBOX_DIR: stack.dir,
    SANDBOX_DATABASE_URL: process.env.SANDBOX_DATABASE_URL,
    PORT: "1",
  });
  const [code] = await second.ended;
  expect(code).toBe(1);
  expect(second.output()).toMatch(/Another process \(\d+\) is using .*SANDBOX_DIR/);
  await expect(signIn(stack)).resolves.toMatchObject({ email: stack.env.DEMO_EMAIL });
});

test("the server closes idle connections later than clients do", async () => {
  const answer = await fetch(`${stack.supabaseUrl}/auth/v1/health`);
  expect(answer.headers.get("keep-alive")).toBe("timeout=75");
});

test("after SIGKILL every acknowledged write is there, on the same port and with the same keys", async () => {
  const user = await createUser(stack);
  const service = connectAsService(stack);
  const acknowledged: string[] = [];

  // The writers write without a pause, so that SIGKILL interrupts a write.
  let isRunning = true;
  const writer = async () => {
    while (isRunning) {
      const id = randomUUID();
      const row = { id, user_id: user.id, idempotency_key: id, request_hash: id, model: "a/b", input: {} };
      const { error } = await service.from("predictions").insert(row);
      if (!error) acknowledged.push(id);
      if (acknowledged.length === 100) {
        isRunning = false;
        await stack.killServices("SIGKILL");
      }
    }
  };
  await Promise.all([writer(), writer(), writer()]);

  await stack.restartServices();
  const { data } = await service.from("predictions").select("id").eq("user_id", user.id).throwOnError();
  const saved = new Set(data.map(({ id }) => id));
  expect(acknowledged.filter((id) => !saved.has(id))).toEqual([]);
  expect((await user.supabase.auth.getUser(user.accessToken)).data.user?.id).toBe(user.id);
});
