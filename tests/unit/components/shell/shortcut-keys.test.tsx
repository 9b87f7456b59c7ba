import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ShortcutKeys, ShortcutsItem } from "@/components/shell/shortcut-keys";

const push = vi.hoisted(() => vi.fn<(href: string) => void>());
vi.mock("next/navigation", () => ({ useRouter: () => ({ push }) }));

beforeEach(() => {
  localStorage.clear();
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) {
      this.open = true;
    },
    close(this: HTMLDialogElement) {
      this.open = false;
    },
  });
  render(
    <>
      <ShortcutKeys />
      <ShortcutsItem />
      <textarea name="input.prompt" aria-label="Prompt" />
    </>,
  );
});
afterEach(() => void push.mockReset());

test("a letter leads to a place, and a slash to the prompt, in which they are letters", async () => {
  await userEvent.keyboard("gmh");
  expect(push.mock.calls.flat()).toEqual(["/dashboard/gallery", "/dashboard/models", "/dashboard/history"]);
  await userEvent.keyboard("/g?/");
  expect(screen.getByLabelText<HTMLTextAreaElement>("Prompt").value).toBe("g?/");
  expect(push).toHaveBeenCalledTimes(3);
});

test("with another key held down they are the browser's", async () => {
  await userEvent.keyboard("{Control>}g{/Control}{Meta>}h{/Meta}{Alt>}m{/Alt}");
  expect(push).not.toHaveBeenCalled();
});

test("a question mark lists the keys, and the letters can be turned off there", async () => {
  await userEvent.keyboard("?");
  expect(await screen.findByRole("dialog", { name: "Keyboard shortcuts" })).toBeTruthy();
  await userEvent.keyboard("g");
  expect(push).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole("checkbox", { name: "Use single-letter shortcuts" }));
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(screen.queryByRole("dialog")).toBeNull();
  await userEvent.keyboard("g/");
  expect(push).not.toHaveBeenCalled();
  await userEvent.keyboard("?");
  expect(screen.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeTruthy();
});

test("who does not know of the question mark finds the list in the menu", async () => {
  await userEvent.click(screen.getByRole("button", { name: "Keyboard shortcuts" }));
  expect(await screen.findByRole("dialog", { name: "Keyboard shortcuts" })).toBeTruthy();
});
