import { expect, test } from "vitest";
import { describeBrowser } from "@/components/account/describe-browser";

const mozilla = "Mozilla/5.0";
const windows = `${mozilla} (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)`;
const iphone = `${mozilla} (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)`;

test.each([
  [`${windows} Chrome/140.0.0.0 Safari/537.36`, "Chrome on Windows"],
  [`${windows} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`, "Edge on Windows"],
  [`${windows} Chrome/140.0.0.0 Safari/537.36 OPR/120.0.0.0`, "Opera on Windows"],
  [`${mozilla} (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0`, "Firefox on Linux"],
  [`${iphone} Version/18.5 Mobile/15E148 Safari/604.1`, "Safari on iPhone"],
  [`${iphone} CriOS/140.0.0.0 Mobile/15E148 Safari/604.1`, "Chrome on iPhone"],
  [`${iphone} FxiOS/142.0 Mobile/15E148 Safari/605.1.15`, "Firefox on iPhone"],
  [
    `${mozilla} (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15`,
    "Safari on Mac",
  ],
  [
    `${mozilla} (Linux; Android 15; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
    "Samsung Internet on Android",
  ],
  [`${mozilla} (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36`, "Chrome on ChromeOS"],
  [`${mozilla} (Linux; Android 15) SomeBrowser`, "A browser on Android"],
  ["curl/8.9.1", "A program (curl)"],
  ["node", "A program (node)"],
  ["", "Unknown browser"],
  [null, "Unknown browser"],
  ["<script>alert(1)</script>", "Unknown browser"],
])("%s is %s", (userAgent, words) => {
  expect(describeBrowser(userAgent)).toBe(words);
});
