import { afterEach, expect, inject, test } from "vitest";
import { readNewestMail } from "../support/mails";
import { sql } from "../support/sql";
import { createAccount } from "../support/accounts";
import { awaitMail, createVisitor } from "../support/visitor";

const stack = inject("stack");

/** A guesser has any number of addresses; the stack of the attacks has no limit for one address. */
const GUESSES = 1_000;
const AT_ONCE = 20;
const TIMEOUT = 180_000;

afterEach(() => sql(stack, "delete from rate_limits"));

/** Sends many guesses at once, and returns how often each text was the answer. */
async function guess(send: (n: number) => Promise<{ words: string }>, texts: RegExp[]) {
  const counts = texts.map(() => 0);
  const rest: string[] = [];
  for (let start = 0; start < GUESSES; start += AT_ONCE) {
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => send(start + n)));
    for (const { words } of answers) {
      const index = texts.findIndex((text) => text.test(words));
      if (index < 0) rest.push(words);
      else counts[index] = (counts[index] ?? 0) + 1;
    }
  }
  expect(rest).toEqual([]);
  return counts;
}

test(
  "of a thousand passwords, Supabase is asked about ten, and the owner can still sign in by e-mail",
  async () => {
    const { email, password } = await createAccount(stack);
    const visitor = createVisitor(stack.appUrl);
    const page = await visitor.open("/login");
    const [wrong, refused] = await guess(
      (n) => visitor.submit(page, { email, password: n === GUESSES - 1 ? password : `guess ${n}` }),
      [
        /E-mail or password is wrong/,
        /Too many wrong passwords for this account\. Sign in by e-mail, or try again in \d+ (seconds|minutes?)\./,
      ],
    );
    expect(refused).toBeGreaterThan(GUESSES - 20);
    expect(wrong).toBeGreaterThanOrEqual(10);

    const owner = createVisitor(stack.appUrl);
    await owner.submit(await owner.open("/login?with=link"), { email });
    const { link } = await awaitMail(stack, email);
    const confirm = await owner.open(link);
    expect(
      (await owner.submit(confirm, { token_hash: new URL(link).searchParams.get("token_hash") ?? "" })).url,
    ).toMatch(/^\/dashboard/);
  },
  TIMEOUT,
);

test(
  "of a thousand codes, Supabase is asked about six, and the owner can still open the link",
  async () => {
    const { email } = await createAccount(stack);
    const owner = createVisitor(stack.appUrl);
    const page = await owner.submit(await owner.open("/login?with=link"), { email });
    const { code, link } = await awaitMail(stack, email);
    const guesser = createVisitor(stack.appUrl);
    const [wrong, refused] = await guess(
      (n) => guesser.submit(page, { step: "code", code: n === GUESSES - 1 ? code : String(n).padStart(6, "0") }),
      [
        /wrong, has expired or was already used/,
        /Too many wrong codes for this account\. Open the link in the e-mail, or try again in/,
      ],
    );
    expect(refused).toBeGreaterThan(GUESSES - 12);
    expect(wrong).toBeGreaterThanOrEqual(6);
    const confirm = await owner.open(link);
    expect(
      (await owner.submit(confirm, { token_hash: new URL(link).searchParams.get("token_hash") ?? "" })).url,
    ).toMatch(/^\/dashboard/);
  },
  TIMEOUT,
);

test("many requests for e-mails to one address send few, and the last one works", async () => {
  const { email } = await createAccount(stack);
  const owner = createVisitor(stack.appUrl);
  const pages = await Promise.all(
    Array.from({ length: 30 }, async () => {
      const visitor = createVisitor(stack.appUrl);
      return visitor.submit(await visitor.open("/login?with=link"), { email });
    }),
  );
  expect(pages.every(({ words }) => words.includes("Check your e-mail"))).toBe(true);
  expect((await readNewestMail(stack, email)).count).toBe(1);
  // For the owner, who did not get an e-mail of their own, the code and link of that one work.
  const page = await owner.submit(await owner.open("/login?with=link"), { email });
  expect(page.words).toContain("An e-mail was already sent to");
  const { code } = await readNewestMail(stack, email);
  expect((await owner.submit(page, { step: "code", code: `${code.slice(0, 3)} ${code.slice(3)}` })).url).toMatch(
    /^\/dashboard/,
  );
});

test("a link and its code work once, also if they are used several times at the same moment", async () => {
  const { email } = await createAccount(stack);
  const owner = createVisitor(stack.appUrl);
  const page = await owner.submit(await owner.open("/login?with=link"), { email });
  const { code, link } = await awaitMail(stack, email);
  const token_hash = new URL(link).searchParams.get("token_hash") ?? "";
  const confirm = await owner.open(link);
  const answers = await Promise.all(Array.from({ length: 8 }, () => owner.send(confirm, { token_hash })));
  const isSignedIn = ({ location }: { location: string | null }) => location?.startsWith("/dashboard") ?? false;
  expect(answers.filter(isSignedIn)).toHaveLength(1);

  await sql(stack, "delete from rate_limits");
  const guesser = createVisitor(stack.appUrl);
  expect((await guesser.submit(page, { step: "code", code })).words).toContain("was already used");
  expect(isSignedIn(await owner.send(confirm, { token_hash }))).toBe(false);
});
