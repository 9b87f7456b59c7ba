import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, inject, test } from "vitest";
import { size } from "../support/form";
import { quantile } from "../support/quantile";
import { sql } from "../support/sql";
import { createAccount } from "../support/accounts";
import { createVisitor, type Page, type Visitor } from "../support/visitor";

const stack = inject("stack");

// The responses of the sign-in forms must not reveal whether an address has an account.

const password = "a password of mine";
const newcomer = () => `${randomUUID()}@darkroom.test`;

async function unconfirmed() {
  const { email, id } = await createAccount(stack);
  await sql(stack, `update auth.users set email_confirmed_at = null where id = '${id}'`);
  return email;
}
async function banned() {
  const { email, id } = await createAccount(stack);
  await sql(stack, `update auth.users set banned_until = now() + interval '1 day' where id = '${id}'`);
  return email;
}
const accounts = {
  known: async () => (await createAccount(stack)).email,
  unknown: async () => newcomer(),
  unconfirmed,
  banned,
};

type Form = { name: string; send: (visitor: Visitor, email: string) => Promise<Page> };

/** Requests an e-mail, and returns the page that asks for its code. */
async function request(visitor: Visitor, email: string, way: string) {
  const page = await visitor.open(`/login?with=${way}`);
  return visitor.submit(page, { email, ...(way === "account" && { password }) });
}

const forms: Form[] = [
  {
    name: "a wrong password",
    send: async (visitor, email) => visitor.submit(await visitor.open("/login"), { email, password: "wrong" }),
  },
  ...["link", "recover"].map((way) => ({
    name: `an e-mail to ${way}`,
    send: (visitor: Visitor, email: string) => request(visitor, email, way),
  })),
  ...["link", "recover"].map((way) => ({
    name: `a wrong code to ${way}`,
    send: async (visitor: Visitor, email: string) =>
      visitor.submit(await request(visitor, email, way), { step: "code", code: "000000" }),
  })),
];

/** Returns a response without the address, and without values that differ in each response. */
function tell({ status, words, location, cookies }: Page, email: string) {
  return {
    status,
    location,
    words: words.replaceAll(email, "EMAIL"),
    cookies: cookies.map((cookie) => cookie.replace(/=[^;]*/, "").replace(/expires=[^;]*/i, "")).toSorted(),
  };
}

afterEach(() => sql(stack, "delete from rate_limits"));

describe.each(forms)("$name", ({ send }) => {
  test("has the same answer for every kind of account", async () => {
    const answers = await Promise.all(
      Object.values(accounts).map(async (create) => {
        const email = await create();
        return tell(await send(createVisitor(stack.appUrl), email), email);
      }),
    );
    const [first] = answers;
    expect(answers).toEqual(answers.map(() => first));
  });

  test("takes the same time for a known and an unknown address", async () => {
    const times: Record<string, number[]> = { known: [], unknown: [] };
    for (let n = 0; n < size(3, 7); n++) {
      for (const kind of ["known", "unknown"] as const) {
        const email = await accounts[kind]();
        const visitor = createVisitor(stack.appUrl);
        const start = performance.now();
        await send(visitor, email);
        times[kind]?.push(performance.now() - start);
      }
    }
    const [known = 0, unknown = 0] = [times.known ?? [], times.unknown ?? []].map((all) => quantile(all, 0.5));
    expect(Math.max(known, unknown) / Math.min(known, unknown)).toBeLessThan(1.25);
    // The app always responds after the same fixed time. This time is longer than the work for any kind of account.
    expect(Math.min(known, unknown)).toBeGreaterThan(650);
  });
});
