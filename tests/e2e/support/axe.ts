import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Expects that axe finds no violations of its rules for accessibility, in both themes. */
export async function expectNoViolations(page: Page) {
  // This turns transitions off. During a transition, axe would measure too little contrast.
  await page.emulateMedia({ reducedMotion: "reduce" });
  await setTheme(page, "light");
  await expectNone(new AxeBuilder({ page }));
  // The themes differ only in colors, so only the rules about colors are checked again.
  await setTheme(page, "dark");
  await expectNone(new AxeBuilder({ page }).withRules(["color-contrast", "link-in-text-block"]));
}

function setTheme(page: Page, theme: string) {
  return page.evaluate((name) => document.documentElement.setAttribute("data-theme", name), theme);
}

async function expectNone(axe: AxeBuilder) {
  const { violations } = await axe.analyze();
  expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
}
