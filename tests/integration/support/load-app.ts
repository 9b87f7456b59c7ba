import sharp from "sharp";
import { vi } from "vitest";

/** The functions that make a prediction, loaded anew into this process, which all test files share. */
export async function loadApp() {
  vi.resetModules();
  return {
    ...(await import("@/lib/predictions/advance")),
    ...(await import("@/lib/predictions/rows")),
    ...(await import("@/lib/predictions/send-to-replicate")),
    ...(await import("@/lib/predictions/handle-webhook")),
  };
}

/** Call it after the tests: other files need modules without mocks, and the formats of sharp that the app blocks. */
export function unloadApp() {
  vi.resetModules();
  sharp.unblock({ operation: ["VipsForeignLoad"] });
}
