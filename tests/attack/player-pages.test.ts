import { chromium } from "@playwright/test";
import { afterAll, expect, test } from "vitest";
import { createCookies } from "../e2e/support/fixtures";
import { createApi } from "../support/api";
import { browserArgs, requireBrowser } from "../support/browser";
import { saveMediaFile } from "../support/saved-file";
import { createUser } from "../support/users";
import { stack } from "./support/send-request";

const user = await createUser(stack);
const api = createApi(stack, user);
const browser = await chromium.launch({ executablePath: requireBrowser(), args: browserArgs });
afterAll(() => browser.close());

test.each(["WebM", "MP3"])("a %s opened alone in a tab plays, and its page runs no scripts", async (name) => {
  const { media } = await saveMediaFile(stack, api, name, `a ${name} in a tab`);
  const context = await browser.newContext();
  await context.addCookies(createCookies(user, stack.appUrl));
  const page = await context.newPage();
  await page.goto(stack.appUrl + media.url);
  const player = page.locator("video");
  await expect.poll(() => player.evaluate(({ readyState }: HTMLVideoElement) => readyState)).toBeGreaterThan(1);
  const title = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'ran'";
    document.body.append(script);
    return document.title;
  });
  expect(title).not.toBe("ran");
  await context.close();
});
