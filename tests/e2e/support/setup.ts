import { requireBrowser } from "../../support/browser";
import { startStack } from "../../support/stack";

/** Starts the product on its production build. The workers read its URLs and keys from DARKROOM_STACK. */
export default async function setup() {
  process.env.CHROMIUM_PATH = requireBrowser();
  const { dir, env, appUrl, stop } = await startStack();
  process.env.DARKROOM_STACK = JSON.stringify({ dir, env, appUrl });
  return stop;
}
