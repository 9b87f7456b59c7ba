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

test("letters open pages and a slash focuses the prompt, where all keys type text", async () => {
  await userEvent.keyboard("gmh");
  expect(push.mock.calls.flat()).toEqual(["/dashboard/gallery", "/dashboard/models", "/dashboard/history"]);
  await userEvent.keyboard("/g?/");
  expect(screen.getByLabelText<HTMLTextAreaElement>("Prompt").value).toBe("g?/");
  expect(push).toHaveBeenCalledTimes(3);
});

test("with a modifier key held down the keys do nothing", async () => {
  await userEvent.keyboard("{Control>}g{/Control}{Meta>}h{/Meta}{Alt>}m{/Alt}");
  expect(push).not.toHaveBeenCalled();
});

test("a question mark opens the list, where the letters can be switched off", async () => {
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

test("the account menu opens the list too", async () => {
  await userEvent.click(screen.getByRole("button", { name: "Keyboard shortcuts" }));
  expect(await screen.findByRole("dialog", { name: "Keyboard shortcuts" })).toBeTruthy();
});
