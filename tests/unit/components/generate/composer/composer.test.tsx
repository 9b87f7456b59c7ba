import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
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

test("a model that requires audio cannot be run, and the form says so", async () => {
  const audio = { name: "audio", label: "Audio", kind: "file", takes: "audio", required: true, order: 5 } as const;
  openStudio({ fields: [...flux, audio] });
  expect(
    screen.getByText(/needs Audio, but only images can be sent to models here\. Choose another model\./),
  ).toBeTruthy();
  expect(screen.queryByLabelText(/Upload/)).toBeNull();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: /Generate/ }).disabled).toBe(true);
  await userEvent.type(promptInput(), "a red fox{Control>}{Enter}{/Control}");
  expect(send).not.toHaveBeenCalled();
});

test("optional audio stays empty", () => {
  openStudio({
    fields: [...flux, { name: "voice", label: "Voice", kind: "files", takes: "audio", required: false, order: 5 }],
  });
  expect(screen.getByText(/Only images can be sent to models here, so this stays empty/)).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: /Generate/ }).disabled).toBe(false);
});
