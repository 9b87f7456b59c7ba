import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { openPanel } from "../open-panel";
import { openStudio, prepareStudio, promptInput } from "../open-studio";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: () => {} }) }));

const send = prepareStudio();

// While an input method composes a word, Enter only ends the word. In Safari, the key code 229 is the only sign of this.
test.each([{ isComposing: true }, { keyCode: 229 }])("with %j, Enter neither sends nor chooses", async (mark) => {
  openStudio({ loadRecentPrompts: async () => ["an old prompt"] });
  await userEvent.type(promptInput(), "きつね");
  fireEvent.keyDown(promptInput(), { key: "Enter", ctrlKey: true, ...mark });
  fireEvent.keyDown(screen.getByLabelText("Seed"), { key: "Enter", metaKey: true, ...mark });
  expect(send).not.toHaveBeenCalled();

  await openPanel("Recent prompts");
  const filter = await screen.findByRole("searchbox", { name: "Find a prompt", hidden: true });
  fireEvent.keyDown(filter, { key: "Enter", ...mark });
  expect(promptInput().value).toBe("きつね");
});
