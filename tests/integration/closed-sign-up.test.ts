import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { createAccount } from "../support/accounts";
import { startAnotherApp } from "../support/another-app";
import { readNewestMail } from "../support/mails";
import { sql } from "../support/sql";
import { awaitMail, createVisitor } from "../support/visitor";

const stack = inject("stack");
let app: Awaited<ReturnType<typeof startAnotherApp>>;

beforeAll(async () => {
  app = await startAnotherApp(stack, { SIGN_UP: "invite" });
});
afterEach(() => sql(stack, "delete from rate_limits"));
afterAll(() => app?.stop());

const isUser = async (email: string) =>
  (await sql(stack, `select 1 from auth.users where email = '${email}'`)).length > 0;

test("there is no form for new accounts, and one that was loaded elsewhere is refused", async () => {
  const visitor = createVisitor(app.appUrl);
  const page = await visitor.open("/login?with=account");
  expect(page.words).not.toContain("Create an account");
  const elsewhere = await createVisitor(stack.appUrl).open("/login?with=account");
  const email = `${randomUUID()}@darkroom.test`;
  expect((await visitor.submit(elsewhere, { email, password: "a quiet red light" })).url).toMatch(/^\/login/);
  expect(await isUser(email)).toBe(false);
});

test("an e-mail goes only to an address that has an account, and the answer does not say so", async () => {
  const { email: known } = await createAccount(stack);
  const unknown = `${randomUUID()}@darkroom.test`;
  const [first, second] = await Promise.all(
    [known, unknown].map(async (email) => {
      const visitor = createVisitor(app.appUrl);
      const { words } = await visitor.submit(await visitor.open("/login?with=link"), { email });
      return words.replaceAll(email, "EMAIL");
    }),
  );
  expect(first).toContain("If EMAIL can sign in here, an e-mail is on its way.");
  expect(second).toBe(first);
  await awaitMail(stack, known);
  expect([await isUser(unknown), (await readNewestMail(stack, unknown)).count]).toEqual([false, 0]);
});
