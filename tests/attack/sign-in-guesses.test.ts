import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { startAnotherApp } from "../support/another-app";
import { size } from "../support/form";
import { readNewestMail } from "../support/mails";
import { sql } from "../support/sql";
import { createAccount } from "../support/accounts";
import { awaitMail, createVisitor } from "../support/visitor";

const stack = inject("stack");

/** How many guesses are sent from different IP addresses. */
const GUESSES = size(80, 1_000);
const AT_ONCE = 20;
const TIMEOUT = 180_000;

/** An app that trusts a proxy, so that each request can name another IP address in `X-Forwarded-For`. */
let proxied: Awaited<ReturnType<typeof startAnotherApp>>;
beforeAll(async () => {
  proxied = await startAnotherApp(stack, { TRUSTED_PROXIES: "1", LOGINS_PER_MINUTE_PER_ADDRESS: "100000" });
});
afterAll(() => proxied?.stop());
afterEach(() => sql(stack, "delete from rate_limits"));

/** Returns a browser whose requests come from this IP address. */
const visitorAt = (address: string) => createVisitor(proxied.appUrl, { "x-forwarded-for": address });
const addressOf = (n: number) => `198.51.${Math.floor(n / 250)}.${n % 250}`;

/** Sends many guesses. Returns how many responses contain each of the texts. */
async function guess(send: (n: number) => Promise<{ words: string }>, texts: RegExp[], guesses = GUESSES) {
  const counts = texts.map(() => 0);
  const rest: string[] = [];
  for (let start = 0; start < guesses; start += AT_ONCE) {
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

const WRONG_PASSWORD = [
  /E-mail or password is wrong/,
  /Too many wrong passwords for this account\. Sign in by e-mail, or try again in \d+ (seconds?|minutes?)\./,
];
const WRONG_CODE = [
  /wrong, has expired or was already used/,
  /Too many wrong codes for this account\. Open the link in the e-mail, or try again in/,
];

test("of the passwords from one address, Supabase is asked about ten, and the owner can still sign in", async () => {
  const { email, password } = await createAccount(stack);
  const page = await visitorAt("198.51.100.1").open("/login");
  const tries = size(40, 100);
  const [wrong, refused] = await guess(
    (n) => visitorAt("198.51.100.1").submit(page, { email, password: n === tries - 1 ? password : `guess ${n}` }),
    WRONG_PASSWORD,
    tries,
  );
  expect(wrong).toBeGreaterThanOrEqual(10);
  expect(refused).toBeGreaterThan(tries - 15);
  expect((await visitorAt("203.0.113.7").submit(page, { email, password })).url).toMatch(/^\/dashboard/);
});

test(
  "of many passwords from as many addresses, Supabase is asked about sixty, and the owner can still sign in by e-mail",
  async () => {
    const { email, password } = await createAccount(stack);
    const page = await visitorAt(addressOf(0)).open("/login");
    const [wrong, refused] = await guess(
      (n) => visitorAt(addressOf(n)).submit(page, { email, password: n === GUESSES - 1 ? password : `guess ${n}` }),
      WRONG_PASSWORD,
    );
    expect(refused).toBeGreaterThan(GUESSES - 70);
    expect(wrong).toBeGreaterThanOrEqual(60);

    const owner = visitorAt("203.0.113.7");
    await owner.submit(await owner.open("/login?with=link"), { email });
    const { link } = await awaitMail(stack, email);
    const confirm = await owner.open(new URL(link).pathname + new URL(link).search);
    expect(
      (await owner.submit(confirm, { token_hash: new URL(link).searchParams.get("token_hash") ?? "" })).url,
    ).toMatch(/^\/dashboard/);
  },
  TIMEOUT,
);

test(
  "of many codes from as many addresses, Supabase is asked about twenty, and the owner can still open the link",
  async () => {
    const { email } = await createAccount(stack);
    const owner = visitorAt("203.0.113.7");
    const page = await owner.submit(await owner.open("/login?with=link"), { email });
    const { code, link } = await awaitMail(stack, email);
    const [wrong, refused] = await guess(
      (n) =>
        visitorAt(addressOf(n)).submit(page, {
          step: "code",
          code: n === GUESSES - 1 ? code : String(n).padStart(code.length, "0"),
        }),
      WRONG_CODE,
    );
    expect(refused).toBeGreaterThan(GUESSES - 28);
    expect(wrong).toBeGreaterThanOrEqual(20);
    const confirm = await owner.open(new URL(link).pathname + new URL(link).search);
    expect(
      (await owner.submit(confirm, { token_hash: new URL(link).searchParams.get("token_hash") ?? "" })).url,
    ).toMatch(/^\/dashboard/);
  },
  TIMEOUT,
);

test("of the codes from one address, Supabase is asked about six, and the owner can still enter the code", async () => {
  const { email } = await createAccount(stack);
  const owner = visitorAt("203.0.113.7");
  const page = await owner.submit(await owner.open("/login?with=link"), { email });
  const { code } = await awaitMail(stack, email);
  const [wrong] = await guess(
    (n) => visitorAt("198.51.100.1").submit(page, { step: "code", code: String(n).padStart(code.length, "0") }),
    WRONG_CODE,
    40,
  );
  expect(wrong).toBeLessThan(10);
  expect((await owner.submit(page, { step: "code", code })).url).toMatch(/^\/dashboard/);
});

test("somebody who keeps signing up with the address of an account cannot stop the e-mails to its owner", async () => {
  const { email } = await createAccount(stack);
  const stranger = createVisitor(stack.appUrl);
  const form = await stranger.open("/login?with=account");
  const endPauses = () => sql(stack, "delete from rate_limits where name like 'mail pause %'");
  for (let n = 0; n < 6; n++) {
    await endPauses();
    await stranger.submit(form, { email, password: "a quiet red light" });
  }
  for (const way of ["link", "recover"]) {
    const owner = createVisitor(stack.appUrl);
    const answer = await owner.submit(await owner.open(`/login?with=${way}`), { email });
    expect(answer.words).toContain("Check your e-mail");
    expect(answer.words).not.toContain("already sent");
    await endPauses();
  }
  await awaitMail(stack, email, 2);
});

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
  // The owner requests an e-mail too, but none is sent again. The code of the first e-mail works for the owner.
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
