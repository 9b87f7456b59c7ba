import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";

// The first name is the headless shell: a Chromium that cannot open a window, and that needs less processor time.
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
 * Returns the path of a Chromium: the setting CHROMIUM_PATH, or else Playwright's own Chromium, or else one that the system
 * has. If there is none, installs one with apt-get, if the process is root. Otherwise throws.
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
