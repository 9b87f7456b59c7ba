import { requireBrowser } from "./browser";
import { startStack } from "./stack";

/** Starts the whole product on its production build; the workers inherit where it is through the environment. */
export default async function setup() {
  process.env.CHROMIUM_PATH = requireBrowser();
  const stack = await startStack();
  process.env.DARKROOM_URL = stack.appUrl;
  return () => stack.stop();
}
