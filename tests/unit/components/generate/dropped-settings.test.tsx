import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { DroppedSettings } from "@/components/generate/dropped-settings";
import type { Request } from "@/components/generate/jobs";

const settings = {
  ...{ prompt: "a fox", model: "stability-ai/sdxl", version: null, seed: 7, created_at: "2026-11-21T10:00:00Z" },
  input: { prompt: "a fox", num_inference_steps: 30 },
};

/** A PNG as far as its text goes. */
function png(text: string) {
  const chunk = Buffer.from(`iTXtparameters\0\0\0\0\0${text}`);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(chunk.length - 4);
  const bytes = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), length, chunk, Buffer.alloc(4)]);
  return new File([bytes], "fox.png", { type: "image/png" });
}

const drop = (file: File) => fireEvent.drop(document.body, { dataTransfer: { files: [file], types: ["Files"] } });

test("a picture that carries its settings offers them", async () => {
  const onUse = vi.fn<(request: Request) => void>();
  render(<DroppedSettings onUse={onUse} />);
  // False: the browser is kept from leaving the page for the file.
  expect(drop(png(JSON.stringify(settings)))).toBe(false);
  await userEvent.click(await screen.findByRole("button", { name: "Use its settings" }));
  expect(onUse).toHaveBeenCalledExactlyOnceWith({
    model: "stability-ai/sdxl",
    input: { prompt: "a fox", num_inference_steps: 30, seed: 7 },
  });
  expect(screen.queryByRole("button", { name: "Use its settings" })).toBeNull();
});

test("another picture takes the offer away, and any other file is nothing", async () => {
  render(<DroppedSettings onUse={vi.fn<() => void>()} />);
  drop(png(JSON.stringify(settings)));
  await screen.findByRole("button", { name: "Use its settings" });
  drop(new File(["{}"], "a.json", { type: "application/json" }));
  expect(screen.getByRole("button", { name: "Use its settings" })).toBeTruthy();
  drop(png("none"));
  await vi.waitFor(() => expect(screen.queryByRole("button", { name: "Use its settings" })).toBeNull());
});
