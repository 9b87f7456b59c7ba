import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { fitChoices } from "@/components/generate/fields/to-media-choice";
import type { MediaKind } from "@/lib/media/schema";
import { flux } from "../fixtures";
import { bodiesOf, openStudio, prepareStudio, promptInput } from "../open-studio";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: () => {} }) }));

const send = prepareStudio();

test("Ctrl and Enter send the form from its other fields too", async () => {
  openStudio();
  await userEvent.type(screen.getByLabelText("Prompt"), "a red fox");
  await userEvent.click(screen.getByRole("radio", { name: "16:9" }));
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  expect(send).toHaveBeenCalledOnce();
});

test("Ctrl and Enter send the form, and the form stays as it is", async () => {
  openStudio();
  await userEvent.type(promptInput(), "a red fox");
  await userEvent.click(screen.getByRole("radio", { name: "3:2" }));
  await userEvent.type(screen.getByLabelText("Seed"), "42");
  await userEvent.click(promptInput());
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  expect(bodiesOf(send)).toEqual([
    {
      model: "stability-ai/sdxl",
      input: { prompt: "a red fox", width: 1216, height: 832, num_outputs: 1, seed: 42 },
    },
  ]);
  expect(promptInput().value).toBe("a red fox");
});

test("the dice fill in a random seed, and clearing it makes it random again", async () => {
  openStudio();
  await userEvent.click(await screen.findByRole("button", { name: "Fill in a random seed" }));
  expect(screen.getByLabelText<HTMLInputElement>("Seed").value).toMatch(/^\d+$/);
  await userEvent.click(screen.getByRole("button", { name: "Clear seed" }));
  expect(screen.getByLabelText<HTMLInputElement>("Seed").value).toBe("");
});

test("a model that requires a sound asks for one, and offers the user's sounds and videos", async () => {
  const audio = { name: "audio", label: "Audio", kind: "file", takes: "audio", required: true, order: 5 } as const;
  const choiceOf = (kind: MediaKind) => ({ value: `/api/media/${kind}`, thumb: "", label: `my ${kind}`, kind });
  const mediaChoices = fitChoices((["image", "video", "audio"] as const).map(choiceOf), [audio]);
  openStudio({ fields: [...flux, audio], mediaChoices });
  expect(screen.getByText("Paste, drop or choose a sound.")).toBeTruthy();
  expect(screen.getByLabelText("Upload: Audio").getAttribute("accept")).toBe("audio/*,video/*");
  const box = within(screen.getByRole("group", { name: "Audio" }));
  expect(box.getAllByRole<HTMLInputElement>("radio").map(({ value }) => value)).toEqual([
    "/api/media/video",
    "/api/media/audio",
  ]);
  await userEvent.type(promptInput(), "a red fox{Control>}{Enter}{/Control}");
  expect(await screen.findByText("Add a sound first.")).toBeTruthy();
  expect(send).not.toHaveBeenCalledWith("/api/replicate", expect.anything());
  await userEvent.click(box.getByRole("radio", { name: /my audio/ }));
  await userEvent.type(promptInput(), "{Control>}{Enter}{/Control}");
  await waitFor(() => expect(send).toHaveBeenCalledWith("/api/replicate", expect.anything()));
});
