import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Field } from "@/lib/models/inputs/fields";
import { flux } from "../fixtures";
import { bodiesOf, openStudio, prepareStudio, promptInput } from "../open-studio";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: () => {} }) }));

const send = prepareStudio();

const tags: Field = { name: "tags", label: "Tags", kind: "texts", required: false, order: 20 };

/** Opens a form with the list `tags`. If users type its entries, waits until the text field for the entries is loaded. */
async function openList(changes: Partial<Field> = {}) {
  const owner = openStudio({ model: "a/b", fields: [...flux, { ...tags, ...changes }] });
  if (changes.kind !== "choices") await screen.findByPlaceholderText("Type, then press Enter");
  return owner;
}

const input = () => screen.getByLabelText<HTMLInputElement>("Tags");
function chips() {
  const list = screen.queryByRole("list", { name: "Tags: entries" });
  return list
    ? within(list)
        .getAllByRole("listitem")
        .map(({ textContent }) => textContent)
    : [];
}

async function sentInput() {
  await userEvent.type(promptInput(), "a fox");
  await userEvent.click(screen.getByRole("button", { name: /Generate/ }));
  return bodiesOf(send).at(-1);
}

test("Enter, a comma and leaving the input add entries, and Backspace and the buttons remove them", async () => {
  await openList();
  await userEvent.type(input(), "cat{Enter}big dog,");
  expect([chips(), input().value]).toEqual([["cat", "big dog"], ""]);
  await userEvent.type(input(), "bird");
  await userEvent.tab();
  expect(chips()).toEqual(["cat", "big dog", "bird"]);
  await userEvent.click(screen.getByRole("button", { name: "Remove cat" }));
  expect(document.activeElement).toBe(input());
  await userEvent.keyboard("{Backspace}");
  expect(chips()).toEqual(["big dog"]);
  expect(await sentInput()).toMatchObject({ input: { tags: ["big dog"] } });
});

test("pasted lines are entries, with what was typed before", async () => {
  await openList();
  await userEvent.type(input(), "ant");
  fireEvent.paste(input(), { clipboardData: { types: ["text/plain"], getData: () => "cat, big\r\ndog\n" } });
  expect(chips()).toEqual(["ant", "cat, big", "dog"]);
});

test("in a list of sentences, a comma does not end an entry", async () => {
  await openList({ hasCommas: true });
  await userEvent.type(input(), "a red fox, at dawn{Enter}a cat, asleep");
  expect(input().value).toBe("a cat, asleep");
  await userEvent.tab();
  await userEvent.click(input());
  await userEvent.paste("a dog, awake");
  await userEvent.tab();
  expect(chips()).toEqual(["a red fox, at dawn", "a cat, asleep", "a dog, awake"]);
});

test("what is typed is added before Ctrl and Enter send the form", async () => {
  await openList();
  await userEvent.type(promptInput(), "a fox");
  await userEvent.type(input(), "cat{Control>}{Enter}{/Control}");
  expect(bodiesOf(send)).toMatchObject([{ input: { tags: ["cat"] } }]);
});

test("Enter alone does not send the form", async () => {
  await openList();
  await userEvent.type(promptInput(), "a fox");
  await userEvent.type(input(), "cat{Enter}{Enter}");
  expect(send).not.toHaveBeenCalled();
});

test("keys of an input method add and remove nothing", async () => {
  await openList();
  await userEvent.type(input(), "cat{Enter}");
  fireEvent.change(input(), { target: { value: "いぬ" } });
  fireEvent.keyDown(input(), { key: "Enter", isComposing: true });
  fireEvent.keyDown(input(), { key: "Enter", keyCode: 229 });
  expect([chips(), input().value]).toEqual([["cat"], "いぬ"]);
});

test("a draft fills the chips", async () => {
  const owner = await openList();
  await userEvent.type(input(), "cat{Enter}dog{Enter}");
  cleanup();
  openStudio({ owner, model: "a/b", fields: [...flux, tags] });
  await waitFor(() => expect(chips()).toEqual(["cat", "dog"]));
});

test("other settings that are filled in leave the chips and their input as they are", async () => {
  await openList();
  await userEvent.type(input(), "cat{Enter}");
  const [prompt] = within(screen.getByRole("region", { name: "Results" })).getAllByRole("button");
  await userEvent.click(prompt!);
  expect(promptInput().value).not.toBe("");
  expect([chips(), input().value]).toEqual([["cat"], ""]);
});

test.each<[string, Partial<Field>, string, string]>([
  ["too few entries", { min: 2, max: 3 }, "cat{Enter}", "Add at least 2 entries."],
  ["too many entries", { max: 1 }, "cat{Enter}dog{Enter}", "Remove some entries: the limit is 1."],
  ["no entry", { required: true }, "", "Add at least 1 entry."],
  ["a word", { kind: "numbers", entries: { isWhole: true } }, "wide{Enter}", "“wide” is not a number."],
  ["a fraction", { kind: "numbers", entries: { isWhole: true } }, "1.5{Enter}", "1.5 is not a whole number."],
  ["a number out of bounds", { kind: "numbers", entries: { isWhole: false, max: 2 } }, "3{Enter}", "3 is more than 2."],
  [
    "no address",
    { pattern: "\\S+/\\S+" },
    "my lora{Enter}",
    "“my lora” does not have the format that the model expects.",
  ],
])("a list with %s is not sent", async (_, changes, typed, problem) => {
  await openList(changes);
  if (typed) await userEvent.type(screen.getByLabelText(/^Tags/), typed);
  await sentInput();
  expect(screen.getByText(problem)).toBeTruthy();
  expect(send).not.toHaveBeenCalled();
});

test("a list of numbers is sent as numbers", async () => {
  await openList({ kind: "numbers", entries: { isWhole: true } });
  await userEvent.type(input(), "1024,1024{Enter}");
  expect(await sentInput()).toMatchObject({ input: { tags: [1024, 1024] } });
});

test("a list of a few options has a checkbox for each", async () => {
  await openList({ kind: "choices", options: ["front_view", 2], default: ["front_view"] });
  const front = await screen.findByRole<HTMLInputElement>("checkbox", { name: "Front view" });
  expect(front.checked).toBe(true);
  // The label belongs to the list, and not to its first option. So a click on the label does not change the option.
  await userEvent.click(screen.getByText("Tags"));
  expect(front.checked).toBe(true);
  await userEvent.click(screen.getByRole("checkbox", { name: "2" }));
  expect(await sentInput()).toMatchObject({ input: { tags: ["front_view", 2] } });
  await userEvent.click(screen.getByRole("checkbox", { name: "2" }));
  await userEvent.click(front);
  expect(await sentInput()).toMatchObject({ input: { tags: [] } });
});
