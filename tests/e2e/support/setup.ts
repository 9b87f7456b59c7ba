import { requireBrowser } from "../../support/browser";
import { startStack } from "../../support/stack";

/** Starts the production build of the app, and its services. The workers read the URLs and keys from DARKROOM_STACK. */
export default async function setup() {
  process.env.CHROMIUM_PATH = requireBrowser();
  const { dir, env, appUrl, stop } = await startStack();
  process.env.DARKROOM_STACK = JSON.stringify({ dir, env, appUrl });
  return stop;
}
