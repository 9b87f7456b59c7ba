import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { DroppedSettings } from "@/components/generate/composer/dropped-settings";
import type { GenerateRequest } from "@/components/jobs/job";
import { flux } from "../fixtures";

const settings = {
  prompt: "a fox",
  model: "stability-ai/sdxl",
  version: null,
  seed: 7,
  created_at: "2026-11-21T10:00:00Z",
  input: {
    prompt: "a fox",
    num_inference_steps: 30,
  },
};

/** A PNG as far as its text goes. */
function png(text: string) {
  const chunk = Buffer.from(`iTXtparameters\0\0\0\0\0${text}`);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(chunk.length - 4);
  const bytes = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), length, chunk, Buffer.alloc(4)]);
  return new File([bytes], "fox.png", { type: "image/png" });
}

function open(changes: Partial<Parameters<typeof DroppedSettings>[0]> = {}) {
  const onEdit = vi.fn<(request: GenerateRequest) => void>();
  const form = { model: "black-forest-labs/flux-schnell", version: null, fields: flux, canRun: async () => true };
  render(<DroppedSettings {...form} onEdit={onEdit} {...changes} />);
  return onEdit;
}

const drop = (file: File) => fireEvent.drop(document.body, { dataTransfer: { files: [file], types: ["Files"] } });

test("an image that carries its settings offers them", async () => {
  const onEdit = open();
  // The browser does not leave the page to show the file.
  expect(drop(png(JSON.stringify(settings)))).toBe(false);
  await userEvent.click(await screen.findByRole("button", { name: "Use these settings" }));
  await vi.waitFor(() => expect(onEdit).toHaveBeenCalledOnce());
  expect(onEdit).toHaveBeenCalledWith({
    model: "stability-ai/sdxl",
    input: { prompt: "a fox", num_inference_steps: 30, seed: 7 },
  });
  expect(screen.queryByRole("button", { name: "Use these settings" })).toBeNull();
});

test("an image without settings removes the offer, another kind of file does not", async () => {
  open();
  drop(png(JSON.stringify(settings)));
  await screen.findByRole("button", { name: "Use these settings" });
  // The page stays open all the same.
  expect(drop(new File(["{}"], "a.json", { type: "application/json" }))).toBe(false);
  expect(screen.getByRole("button", { name: "Use these settings" })).toBeTruthy();
  drop(png("none"));
  await vi.waitFor(() => expect(screen.queryByRole("button", { name: "Use these settings" })).toBeNull());
});

test("settings of a model that cannot run here fill the open form where they fit, and the others are named", async () => {
  const onEdit = open({ canRun: async () => false });
  drop(png(JSON.stringify({ ...settings, model: "a/gone" })));
  await userEvent.click(await screen.findByRole("button", { name: "Use these settings" }));
  const words = "a/gone cannot run here. The settings that also exist here were copied into the form.";
  expect(await screen.findByText(`${words} Left out: num_inference_steps, seed.`)).toBeTruthy();
  expect(onEdit).toHaveBeenCalledExactlyOnceWith({
    model: "black-forest-labs/flux-schnell",
    input: { prompt: "a fox" },
  });
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(screen.queryByText(/cannot run here/)).toBeNull();
});
