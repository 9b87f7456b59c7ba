import sharp from "sharp";
import { vi } from "vitest";

/**
 * Imports the functions that make a prediction. All test files share one process, so modules that were loaded before are
 * loaded again, with the mocks and settings of this test.
 */
export async function loadApp() {
  vi.resetModules();
  return {
    ...(await import("@/lib/predictions/advance")),
    ...(await import("@/lib/predictions/rows")),
    ...(await import("@/lib/predictions/send-to-replicate")),
    ...(await import("@/lib/predictions/handle-webhook")),
  };
}

/** Undoes `loadApp`. Other test files need modules without mocks, and image formats that the app blocks in sharp. */
export function unloadApp() {
  vi.resetModules();
  sharp.unblock({ operation: ["VipsForeignLoad"] });
  globalThis.darkroomLoadersBlocked = undefined;
}
