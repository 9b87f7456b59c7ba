import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";

// The programs to look for in PATH, in this order. The headless shell is a Chromium without windows. It is the first, because
// it needs less processor time.
const names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const elsewhere = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

/**
 * With these arguments, Chromium starts quickly and sends no requests of its own. Playwright adds `--headless` and
 * `--no-sandbox`.
 */
export const browserArgs = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Returns the path of a browser: the setting CHROMIUM_PATH, or else the path of Playwright's own Chromium, or else of a
 * Chromium or Chrome of the system. If none is found and the process is root, installs Chromium with apt-get. Throws if this
 * is impossible.
 */
export function requireBrowser(): string {
  return process.env.CHROMIUM_PATH || findBrowser() || installBrowser();
}

function findBrowser(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const inPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [chromium.executablePath(), ...inPath, ...elsewhere].find((path) => path && existsSync(path));
}

function installBrowser(): string {
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("Installing Chromium …");
    const options = { stdio: ["ignore", "ignore", "inherit"] as ("ignore" | "inherit")[] };
    execFileSync("apt-get", ["update", "-q"], options);
    execFileSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium-headless-shell"], options);
  }
  const path = findBrowser();
  if (path) return path;
  throw new Error("No Chromium: run `npx playwright install chromium`, or set CHROMIUM_PATH to a Chromium or Chrome.");
}
