import type { KeyboardEvent } from "react";

/**
 * Whether a key belongs to an input method, with which Chinese, Japanese and Korean are written: Enter then only ends a word. In
 * Safari, the event that ends the word is no longer marked, but it has this key code.
 */
export function isComposing({ nativeEvent }: KeyboardEvent) {
  // oxlint-disable-next-line typescript/no-deprecated
  return nativeEvent.isComposing || nativeEvent.keyCode === 229;
}
