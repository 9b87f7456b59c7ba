import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { readMails } from "../support/sql";
import { connect, createUser } from "../support/users";

const stack = inject("stack");

/** Requests a link by e-mail, for a new account or for this one, and returns it. */
async function mailLink(email = `${randomUUID()}@darkroom.test`) {
  const { error } = await connect(stack).auth.signInWithOtp({ email });
  if (error) throw error;
  const link = (await readMails(stack)).find(({ to }) => to === email)?.link ?? "";
  return { email, link };
}

const open = (link: string, { method = "GET", cookie = {} }: { method?: string; cookie?: object } = {}) =>
  fetch(link, { method, redirect: "manual", headers: { ...cookie } });

/** Sends the form of the page as a browser without script does. */
async function press(link: string, page: string, cookie: object = {}) {
  const [form = ""] = /<form\b.*?<\/form>/s.exec(page) ?? [];
  const body = new FormData();
  for (const [input] of form.matchAll(/<input type="hidden"[^>]*>/g)) {
    const [name = "", value = ""] = ["name", "value"].map((key) => new RegExp(` ${key}="([^"]*)"`).exec(input)?.[1]);
    body.set(name, value);
  }
  return fetch(link, { method: "POST", body, redirect: "manual", headers: { origin: stack.appUrl, ...cookie } });
}

/** The e-mail address of the account that the studio shows with the cookies of an answer. */
async function readAccount(answer: Response, emails: string[]) {
  const Cookie = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
  const text = await (
    await fetch(`${stack.appUrl}/dashboard/history`, { headers: { Cookie: Cookie.join("; ") } })
  ).text();
  return emails.filter((email) => text.includes(email));
}

test("a link that programs have opened still signs in, with one click", async () => {
  const { email, link } = await mailLink();
  for (const method of ["HEAD", "GET", "HEAD", "GET"]) {
    const answer = await open(link, { method });
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []]);
  }
  const page = await (await open(link)).text();
  expect(page).toContain("Sign in to Darkroom");
  const answer = await press(link, page);
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/dashboard"]);
  expect(await readAccount(answer, [email])).toEqual([email]);
  expect((await press(link, page)).headers.get("location")).toContain("problem=link");
});

test("a link for another account asks first, and names the account that is signed in", async () => {
  const user = await createUser(stack);
  const { email, link } = await mailLink();
  const opened = await open(link, { cookie: user.cookie });
  const page = await opened.text();
  expect(opened.headers.getSetCookie()).toEqual([]);
  expect(page.replaceAll("<!-- -->", "")).toContain(`Stay signed in as ${user.email}`);
  const answer = await press(link, page, user.cookie);
  expect(answer.status).toBe(303);
  expect(await readAccount(answer, [user.email, email])).toEqual([email]);
});

test("another site cannot press the button", async () => {
  const { link } = await mailLink();
  const page = await (await open(link)).text();
  const answer = await press(link, page, { origin: "https://evil.example" });
  expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []]);
});
