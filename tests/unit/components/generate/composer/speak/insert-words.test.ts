import { beforeEach, expect, test, vi } from "vitest";
import { insertWords, untilEditable } from "@/components/generate/composer/speak/insert-words";

const command = vi.fn<(name: string, showUi?: boolean, text?: string) => boolean>();

beforeEach(() => {
  document.body.innerHTML = "";
  Object.assign(document, { execCommand: command.mockReset().mockReturnValue(false) });
});

/** Returns a field with a prompt. In `marked`, one `|` is the cursor, and two are the start and the end of the selected text. */
function promptWith(marked: string) {
  const prompt = document.createElement("textarea");
  document.body.append(prompt);
  prompt.value = marked.replaceAll("|", "");
  prompt.setSelectionRange(marked.indexOf("|"), marked.lastIndexOf("|") - (marked.split("|").length - 2));
  return prompt;
}

test.each([
  ["|", "a fox", "a fox|"],
  ["A red|", "a fox", "A red a fox|"],
  ["A red |", "a fox", "A red a fox|"],
  ["A red |barn", "fox beside a", "A red fox beside a |barn"],
  ["A |red| barn", "blue", "A blue| barn"],
  ["A|, at dusk", "fox", "A fox|, at dusk"],
  ["A fox|\nat dusk", "in snow", "A fox in snow|\nat dusk"],
  ["(|)", "a fox", "(a fox|)"],
  ["“|", "A fox", "“A fox|"],
  ["一只|", "红色的狐狸", "一只红色的狐狸|"],
  ["|在雪中", "红色的狐狸", "红色的狐狸|在雪中"],
  ['A "red"|', "fox", 'A "red" fox|'],
  ["|a barn", "a fox and", "a fox and |a barn"],
])("%j and the words %j become %j", (before, words, after) => {
  const prompt = promptWith(before);
  const onInput = vi.fn<() => void>();
  prompt.addEventListener("input", onInput);
  insertWords(prompt, words, true);
  const { value, selectionStart, selectionEnd } = prompt;
  expect(`${value.slice(0, selectionStart)}|${value.slice(selectionEnd)}`).toBe(after);
  expect([document.activeElement, onInput.mock.calls.length]).toEqual([prompt, 1]);
});

test("a text that the user has not touched goes on at its end", () => {
  const prompt = document.createElement("textarea");
  prompt.defaultValue = "A red fox";
  document.body.append(prompt);
  prompt.setSelectionRange(0, 0);
  insertWords(prompt, "in snow", true);
  expect(prompt.value).toBe("A red fox in snow");
});

test("where the browser can, its own undo takes the words out again", () => {
  command.mockReturnValue(true);
  const prompt = promptWith("A |red| barn");
  insertWords(prompt, "blue", true);
  expect(command).toHaveBeenCalledExactlyOnceWith("insertText", false, "blue");
  expect([prompt.value, prompt.selectionStart, prompt.selectionEnd]).toEqual(["A red barn", 2, 5]);
});

test("the focus stays where the user works, and a prompt that is being improved is changed too", () => {
  const elsewhere = document.createElement("input");
  document.body.append(elsewhere);
  elsewhere.focus();
  insertWords(promptWith("A|"), "fox", false);
  expect([document.activeElement, command.mock.calls.length]).toEqual([elsewhere, 0]);
  const prompt = promptWith("A|");
  prompt.readOnly = true;
  insertWords(prompt, "fox", true);
  expect([prompt.value, command.mock.calls.length]).toEqual(["A fox", 0]);
});

test.each([
  ["is written", (prompt: HTMLTextAreaElement) => void (prompt.readOnly = false)],
  ["was aborted", (_: HTMLTextAreaElement, controller: AbortController) => controller.abort()],
])("while a language model writes into the prompt, words wait until it %s", async (_, end) => {
  const prompt = promptWith("a fox|");
  const controller = new AbortController();
  await untilEditable(prompt, controller.signal);
  prompt.readOnly = true;
  const steps: string[] = [];
  const waiting = untilEditable(prompt, controller.signal).then(() => steps.push("over"));
  await new Promise((resolve) => setTimeout(resolve));
  expect(steps).toEqual([]);
  end(prompt, controller);
  await waiting;
});
