import { chromium } from "playwright-core";
import { readFileSync } from "node:fs";
const env = Object.fromEntries(readFileSync("/tmp/adm/dev/env","utf8").trim().split("\n").map(l=>{const i=l.indexOf("=");return [l.slice(0,i), JSON.parse(l.slice(i+1))]}));
const app = "http://localhost:4310";
const only = process.argv[2];
const browser = await chromium.launch({ executablePath: "/usr/lib/chromium/chromium-headless-shell" }).catch(()=>chromium.launch());
const paths: [string,string][] = JSON.parse(readFileSync("/tmp/adm/paths.json","utf8"));
for (const [w,h,theme] of [[1280,900,"dark"],[390,844,"dark"],[1280,900,"light"],[390,844,"light"]] as const) {
  const context = await browser.newContext({ viewport: { width: w, height: h }, baseURL: app, hasTouch: w<500 });
  await context.addCookies([{ name: "theme", value: theme, url: app }]);
  const page = await context.newPage();
  await page.goto("/login");
  await page.getByRole("button", { name: "Use the demo account" }).click();
  await page.waitForURL(/dashboard/);
  for (const [name, path] of paths) {
    if (only && !name.includes(only)) continue;
    const r = await page.goto(path);
    await page.waitForTimeout(500);
    console.log(w, theme, name, r?.status());
    await page.screenshot({ path: `/tmp/adm/shots/${name}-${w}-${theme}.png`, fullPage: true });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) console.log("  OVERFLOW", over);
  }
  await context.close();
}
await browser.close();
