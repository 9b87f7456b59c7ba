/**
 * Matches the end of a text after which a word needs no space: for example "(", or a letter of a writing system without spaces.
 */
const noSpaceAfter = /(^|[\s([{“‘«¿¡/–—-]|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai})$/u;
const startsWithWord = /^[\p{L}\p{N}([{“‘«¿¡]/u;

/**
 * Inserts words at the cursor of a prompt, or in place of the selected text. Adds spaces around them if needed. If `focus` is
 * true, the prompt gets the focus, and the browser's own undo can remove the words.
 */
export function insertWords(prompt: HTMLTextAreaElement, words: string, focus: boolean) {
  const { value } = prompt;
  // If the user has never put the cursor into the prompt, the cursor is at the start. The words are then added at the end.
  const isUntouched = value === prompt.defaultValue && prompt.selectionEnd === 0;
  const start = isUntouched ? value.length : prompt.selectionStart;
  const end = isUntouched ? value.length : prompt.selectionEnd;
  const before = noSpaceAfter.test(value.slice(0, start)) ? "" : " ";
  const after = startsWithWord.test(value.slice(end)) && !noSpaceAfter.test(words) ? " " : "";
  const text = `${before}${words}${after}`;
  if (focus && !prompt.readOnly) {
    prompt.focus();
    prompt.setSelectionRange(start, end);
    // `execCommand` is deprecated, but the user can undo its insertion with Ctrl+Z. It also fires the input event.
    // oxlint-disable-next-line typescript/no-deprecated
    if (document.execCommand("insertText", false, text)) return;
  }
  prompt.setRangeText(text, start, end, "end");
  prompt.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Waits until the prompt is not read-only. It is read-only while a language model writes into it. An abort ends the wait. */
export function untilEditable(prompt: HTMLTextAreaElement, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(check);
    function check() {
      if (prompt.readOnly && !signal.aborted) return;
      observer.disconnect();
      resolve();
    }
    observer.observe(prompt, { attributeFilter: ["readonly"] });
    signal.addEventListener("abort", check);
    check();
  });
}
