import { defineConfig } from "@playwright/test";
import { browserArgs } from "./tests/support/browser";
import { isFull } from "./tests/support/form.ts";

/** The journeys (browser tests) that never run on a phone: they need a keyboard, or do not depend on the layout. */
const desktopOnly = ["failures", "keyboard", "restart"].map((name) => `**/${name}.spec.ts`);

export default defineConfig({
  testDir: "tests/e2e",
  globalSetup: "./tests/e2e/support/setup.ts",
  // The journeys share one stack (the app, a local Supabase and a local Replicate). Each journey has its own user. Two journeys
  // run at the same time, because a journey spends half of its time waiting.
  workers: 2,
  // No retries: a journey that fails once has failed.
  retries: 0,
  forbidOnly: true,
  // A short run leaves out the journeys with the tag @full, because other tests check most of what they do.
  ...(!isFull && { grepInvert: /@full/ }),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    actionTimeout: 10_000,
    // Each worker process reads this file after the global setup has set CHROMIUM_PATH.
    launchOptions: { executablePath: process.env.CHROMIUM_PATH, args: browserArgs },
    screenshot: "only-on-failure",
    // Animations need much processor time, so only a full run shows them.
    contextOptions: { reducedMotion: isFull ? "no-preference" : "reduce" },
  },
  projects: [
    {
      name: "desktop",
      // This setting replaces the `grepInvert` above. A short run has the journeys with the tag @layout only on the phone,
      // because they check the same there, with less room.
      ...(!isFull && { grepInvert: /@full|@layout/ }),
      use: { viewport: { width: 1280, height: 800 } },
    },
    {
      name: "phone",
      // On the phone, a short run has only the journeys with the tag @layout, which depend most on the layout.
      ...(isFull ? { testIgnore: desktopOnly } : { grep: /@layout/ }),
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    },
  ],
});
