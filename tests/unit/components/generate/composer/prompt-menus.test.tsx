import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { LoadRecentPrompts } from "@/components/generate/composer/prompt-menus";
import { openPanel } from "../open-panel";
import { openStudio, prepareStudio, promptInput } from "../open-studio";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: () => {} }) }));

const send = prepareStudio();

test("a style adds its words to the prompt, and removes them again", async () => {
  openStudio();
  await userEvent.type(promptInput(), "a red fox.");
  const style = async () => userEvent.click(await screen.findByRole("button", { name: "Watercolor", hidden: true }));
  await style();
  expect(promptInput().value).toBe("a red fox, loose watercolor painting, paper texture, soft edges");
  await style();
  expect(promptInput().value).toBe("a red fox");
});

test("recent prompts load when their menu opens, can be searched, and fill the form", async () => {
  const loadRecentPrompts = vi.fn<LoadRecentPrompts>(async () => ["a blue fox\nin snow", "a red fox", "a red barn"]);
  openStudio({ loadRecentPrompts });
  await openPanel("Recent prompts");
  const filter = await screen.findByRole("searchbox", { name: "Find a prompt", hidden: true });
  fireEvent.change(filter, { target: { value: "fox BLUE" } });
  expect(screen.queryByRole("button", { name: "a red fox", hidden: true })).toBeNull();
  // `false` means that Enter is canceled. Otherwise, it would send the form that contains the search field.
  expect(fireEvent.keyDown(filter, { key: "Enter" })).toBe(false);
  expect(promptInput().value).toBe("a blue fox\nin snow");
  expect(loadRecentPrompts).toHaveBeenCalledOnce();
  expect(send).not.toHaveBeenCalled();
});

test("a list of prompts that cannot be loaded says why", async () => {
  const loadRecentPrompts = vi.fn<LoadRecentPrompts>(async () => null).mockRejectedValueOnce(new TypeError("network"));
  openStudio({ loadRecentPrompts });
  await openPanel("Recent prompts");
  expect(await screen.findByText("Your prompts could not be loaded. Open this menu again.")).toBeTruthy();
  await openPanel("Recent prompts");
  expect(await screen.findByText("You are signed out. Sign in again to see your prompts.")).toBeTruthy();
});
