import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, type Page } from "@playwright/test";
import type axe from "axe-core";
import { isFull } from "../../support/form";

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** The minified build, because each page that is checked must parse it. */
const source = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/**
 * Expects that axe finds no violations of its rules for accessibility. The dark theme is checked too in the full form, or if
 * `isDarkToo` is true.
 */
export async function expectNoViolations(page: Page, isDarkToo = isFull) {
  // Next sends the title of a page after the content, and React then moves the title into the head. So the test waits for the
  // title here, and turns off the rule of axe for titles.
  await expect(page).toHaveTitle(/./);
  // This turns transitions off. During a transition, axe would measure too little contrast.
  await page.emulateMedia({ reducedMotion: "reduce" });
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  await setTheme(page, "light");
  expect(await findViolations(page)).toEqual([]);
  if (!isDarkToo) return;
  // The themes differ only in their colors, so only the rules for colors are checked again.
  await setTheme(page, "dark");
  expect(await findViolations(page, ["color-contrast", "link-in-text-block"])).toEqual([]);
}

function setTheme(page: Page, theme: string) {
  return page.evaluate((name) => document.documentElement.setAttribute("data-theme", name), theme);
}

/** Runs axe in the page: only with the given rules, or with all rules except the one for titles. */
function findViolations(page: Page, rules?: string[]) {
  return page.evaluate(async (runOnly) => {
    const choice = runOnly ? { runOnly } : { rules: { "document-title": { enabled: false } } };
    const { violations } = await window.axe.run({ resultTypes: ["violations"], ...choice });
    return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
  }, rules);
}
