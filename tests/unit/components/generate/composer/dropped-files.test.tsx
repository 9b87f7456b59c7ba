import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { DropZone } from "@/components/generate/composer/drop-zone";
import type { GenerateRequest } from "@/components/jobs/job";
import { ModelTitlesProvider } from "@/components/jobs/model-titles";
import { addTarget } from "@/components/generate/fields/files/drop-targets";
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

/** Returns the start of a PNG: its signature and a chunk with this text. There are no pixels. */
function png(text: string) {
  const chunk = Buffer.from(`iTXtparameters\0\0\0\0\0${text}`);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(chunk.length - 4);
  const bytes = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), length, chunk, Buffer.alloc(4)]);
  return new File([bytes], "fox.png", { type: "image/png" });
}

function open(changes: Partial<Parameters<typeof DropZone>[0]> = {}) {
  const onEdit = vi.fn<(request: GenerateRequest) => void>();
  const form = { owner: "me", model: "black-forest-labs/flux-schnell", version: null, fields: flux };
  const actions = { canRun: async () => true, loadEditModel: async () => null };
  render(
    <ModelTitlesProvider titles={{ [form.model]: "FLUX.1 schnell" }}>
      <DropZone {...form} {...actions} onEdit={onEdit} {...changes} />
    </ModelTitlesProvider>,
  );
  return onEdit;
}

const editor = { id: "a/editor", title: "Editor", field: "input_image", isList: false };
const drag = (type: string, on: Element = document.body) => {
  const data = { types: ["Files"], files: [], items: [{ kind: "file", type }], getData: () => "" };
  return fireEvent.dragOver(on, { dataTransfer: data });
};
const drop = (file: File) =>
  fireEvent.drop(document.body, { dataTransfer: { files: [file], types: ["Files"], getData: () => "" } });

test("an image that carries its settings offers them", async () => {
  const onEdit = open();
  // `false` means that the page has canceled the event. Otherwise, the browser would leave the page and show the file.
  expect(drop(png(JSON.stringify(settings)))).toBe(false);
  await userEvent.click(await screen.findByRole("button", { name: "Use these settings" }));
  await vi.waitFor(() => expect(onEdit).toHaveBeenCalledOnce());
  expect(onEdit).toHaveBeenCalledWith({
    model: "stability-ai/sdxl",
    input: { prompt: "a fox", num_inference_steps: 30, seed: 7 },
  });
  expect(screen.queryByRole("button", { name: "Use these settings" })).toBeNull();
});

test.each([
  ["an image without settings", png("none"), "FLUX.1 schnell does not accept images."],
  ["a video", new File(["v"], "a.mp4", { type: "video/mp4" }), "FLUX.1 schnell does not accept videos."],
  [
    "another file",
    new File(["{}"], "a.json", { type: "application/json" }),
    "FLUX.1 schnell does not accept files of this type.",
  ],
])("%s replaces the offer with what is possible, and the page stays open", async (_, file, words) => {
  open();
  drop(png(JSON.stringify(settings)));
  await screen.findByRole("button", { name: "Use these settings" });
  expect(drop(file)).toBe(false);
  expect(await screen.findByText(words)).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Use these settings" })).toBeNull();
});

test("an image that the model does not take can be edited with another model, and the prompt stays", async () => {
  const send = vi.fn<typeof fetch>(async () => Response.json({ url: "/api/uploads/fox" }, { status: 201 }));
  vi.stubGlobal("fetch", send);
  localStorage.setItem("draft:me", JSON.stringify({ prompt: "at night" }));
  const onEdit = open({ loadEditModel: async () => editor });
  fireEvent.paste(document.body, { clipboardData: { files: [png("none")], types: ["Files"], getData: () => "" } });
  await userEvent.click(await screen.findByRole("button", { name: "Edit this image with Editor" }));
  await vi.waitFor(() => expect(onEdit).toHaveBeenCalledOnce());
  expect(onEdit).toHaveBeenCalledWith({
    model: "a/editor",
    input: { prompt: "at night", input_image: "/api/uploads/fox" },
  });
  vi.unstubAllGlobals();
  localStorage.clear();
});

test("while a file is dragged, the page says what will happen", async () => {
  open({ loadEditModel: async () => editor });
  // `false` means that the page has canceled the event. The browser then shows that the file can be dropped here.
  expect(drag("image/png")).toBe(false);
  expect(await screen.findByText("Edit this image with Editor")).toBeTruthy();
  drag("audio/mpeg");
  expect(await screen.findByText("FLUX.1 schnell does not accept sounds")).toBeTruthy();
  fireEvent.dragLeave(document.body, { relatedTarget: null });
  await vi.waitFor(() => expect(screen.queryByText(/does not accept/)).toBeNull());
});

test("a field that takes the dragged file is named", async () => {
  const box = document.createElement("fieldset");
  box.dataset.takesMedia = "";
  document.body.append(box);
  const field = {
    name: "image",
    label: "Image",
    kind: "file" as const,
    takes: "image" as const,
    required: true,
    order: 0,
  };
  const remove = addTarget({ box, field, isFirst: true, addPath: () => {}, addFiles: () => {} });
  open();
  drag("image/png");
  expect(await screen.findByText("Add to Image")).toBeTruthy();
  expect(box.dataset.over).toBe("");
  drag("video/mp4", box);
  expect(await screen.findByText("Image takes an image, not a video")).toBeTruthy();
  remove();
  box.remove();
});

test("settings of a model that cannot run here fill the open form where they fit, and the others are named", async () => {
  const onEdit = open({ canRun: async () => false });
  drop(png(JSON.stringify({ ...settings, model: "a/gone" })));
  await userEvent.click(await screen.findByRole("button", { name: "Use these settings" }));
  const words = "a/gone cannot run here. The settings that also exist in this form were copied into the form.";
  expect(await screen.findByText(`${words} Not copied: num_inference_steps, seed.`)).toBeTruthy();
  expect(onEdit).toHaveBeenCalledExactlyOnceWith({
    model: "black-forest-labs/flux-schnell",
    input: { prompt: "a fox" },
  });
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(screen.queryByText(/cannot run here/)).toBeNull();
});
