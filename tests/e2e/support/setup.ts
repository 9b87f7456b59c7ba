import { requireBrowser } from "../../support/browser";
import { startStack } from "../../support/stack";

/** Starts the whole product on its production build; the workers inherit where it is through the environment. */
export default async function setup() {
  process.env.CHROMIUM_PATH = requireBrowser();
  const { dir, env, appUrl, stop } = await startStack();
  process.env.DARKROOM_STACK = JSON.stringify({ dir, env, appUrl });
  return stop;
}
