import { test as base } from "@playwright/test";

export { expect } from "@playwright/test";

/**
 * Playwright's test, on a page that may not complain: a console error, an uncaught error or a violation of the content
 * security policy fails the journey. One that provokes an error says which:
 * `test.use({ expectedComplaints: [/status of 422/] })`.
 */
export const test = base.extend<{ expectedComplaints: RegExp[] }>({
  expectedComplaints: [[], { option: true }],
  context: async ({ context, expectedComplaints }, provide) => {
    const complaints: string[] = [];
    context.on("weberror", (error) => complaints.push(`uncaught: ${error.error().message}`));
    context.on("console", (message) => {
      if (message.type() === "error") complaints.push(`console: ${message.text()} (${message.location().url})`);
    });
    // The policy's report as an error, even where the browser only mentions it.
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) =>
        console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`),
      );
    });
    await provide(context);
    base.expect(complaints.filter((line) => !expectedComplaints.some((pattern) => pattern.test(line)))).toEqual([]);
  },
});
