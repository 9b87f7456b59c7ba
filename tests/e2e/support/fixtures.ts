import { expect, type Page, test as base } from "@playwright/test";
import type { Stack } from "../../support/stack";
import { createUser, type User } from "../../support/users";

export { expect };

type TestFixtures = {
  expectedComplaints: RegExp[];
  /** A new user who is signed in on every page of the test. */
  user: User;
};
type WorkerFixtures = { stack: Pick<Stack, "dir" | "env" | "appUrl"> };

/**
 * Playwright's `test`, which also fails if there is an error in the console, an uncaught error or a violation of the content
 * security policy. If a test causes an error on purpose, it must name the error:
 * `test.use({ expectedComplaints: [/status of 422/] })`.
 */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  stack: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from the pattern
    async ({}, provide) => provide(JSON.parse(process.env.DARKROOM_STACK ?? "{}") as WorkerFixtures["stack"]),
    { scope: "worker" },
  ],
  baseURL: async ({ stack }, provide) => provide(stack.appUrl),
  expectedComplaints: [[], { option: true }],
  context: async ({ context, expectedComplaints }, provide) => {
    const complaints: string[] = [];
    context.on("weberror", (error) => complaints.push(`uncaught: ${error.error().message}`));
    context.on("console", (message) => {
      if (message.type() === "error") complaints.push(`console: ${message.text()} (${message.location().url})`);
    });
    // Some browsers report violations of the policy only as a warning, so each is logged as an error here.
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) =>
        console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`),
      );
    });
    await provide(context);
    expect(complaints.filter((line) => !expectedComplaints.some((pattern) => pattern.test(line)))).toEqual([]);
  },
  user: async ({ context, stack }, provide) => {
    const user = await createUser(stack);
    await context.addCookies(createCookies(user, stack.appUrl));
    await provide(user);
  },
});

/** Returns the cookies that a sign-in on the page would set. */
export function createCookies({ cookie }: User, url: string) {
  return cookie.Cookie.split("; ").map((pair) => {
    const [name = "", ...value] = pair.split("=");
    return { name, value: value.join("="), url };
  });
}

/** Returns a function that fails if the page was reloaded since this call. */
export async function watchForReload(page: Page) {
  await page.evaluate(() => Object.assign(window, { isSame: true }));
  return async () => expect(await page.evaluate(() => "isSame" in window)).toBe(true);
}
