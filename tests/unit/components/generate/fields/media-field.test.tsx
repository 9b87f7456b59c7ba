import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fillForm } from "@/components/generate/fields/form-values";
import { MediaField } from "@/components/generate/fields/media-field";
import type { Field } from "@/lib/models/inputs/fields";
import { stubFetch } from "../../stub-fetch";

const image: Field = { name: "image", label: "Image", kind: "file", takes: "image", required: true, order: 0 };
const ID = "5f0f6a54-9d8f-4a55-8f6e-0a5a0f1f2b02";
const made = { value: `/api/media/${ID}`, thumb: `/api/media/${ID}?size=thumb`, label: "a red fox" };
const fresh = "/api/uploads/0b9f6f0e-5f1c-4c7e-9d6e-2f6f7c1f0a01";
const fox = new File(["fox"], "fox.png", { type: "image/png" });

const send = stubFetch();
const heard = vi.fn<(value: unknown) => void>();

beforeEach(() => {
  URL.createObjectURL = () => "blob:fox";
  URL.revokeObjectURL = () => {};
  send.mockImplementation(async () => Response.json({ url: fresh }, { status: 201 }));
});
afterEach(() => void heard.mockReset());

async function open({ isFirst = true, field = image } = {}) {
  render(
    <form aria-label="Composer" onInput={(event) => heard(new FormData(event.currentTarget).get("input.image"))}>
      <MediaField field={field} value="" mediaChoices={[made]} isFirstMedia={isFirst} />
    </form>,
  );
  await act(() => vi.dynamicImportSettled());
  return screen.getByRole<HTMLFormElement>("form");
}
const chosen = () => new FormData(screen.getByRole<HTMLFormElement>("form")).get("input.image");
const pasted = (types: string[], files: File[]) => ({ clipboardData: { types, files, getData: () => "" } });

test("an image of the user can be chosen", async () => {
  await open();
  expect(chosen()).toBeNull();
  await userEvent.click(screen.getByRole("radio", { name: "a red fox" }));
  expect(chosen()).toBe(made.value);
});

test("a file is uploaded and chosen, and the form notices the change", async () => {
  await open();
  await userEvent.upload(screen.getByLabelText("Upload: Image"), fox);
  await waitFor(() => expect(chosen()).toBe(fresh));
  expect(send).toHaveBeenCalledExactlyOnceWith("/api/uploads?name=fox.png", {
    method: "POST",
    headers: { "Content-Type": "image/png" },
    body: fox,
    signal: expect.any(AbortSignal),
  });
  await waitFor(() => expect(heard).toHaveBeenLastCalledWith(fresh));
});

test("an image pasted on the page goes to the first image input, text does not", async () => {
  await open();
  fireEvent.paste(document.body, pasted(["text/plain", "Files"], [fox]));
  expect(send).not.toHaveBeenCalled();
  fireEvent.paste(document.body, pasted(["Files"], [fox]));
  await waitFor(() => expect(chosen()).toBe(fresh));
});

test("a pasted file goes to the first input that takes its kind", async () => {
  const sound: Field = { ...image, name: "voice", label: "Voice", takes: "audio" };
  render(
    <form aria-label="Composer">
      <MediaField field={image} value="" mediaChoices={[]} isFirstMedia />
      <MediaField field={{ ...image, name: "mask", label: "Mask" }} value="" mediaChoices={[]} isFirstMedia={false} />
      <MediaField field={sound} value="" mediaChoices={[]} isFirstMedia={false} />
    </form>,
  );
  await act(() => vi.dynamicImportSettled());
  const all = () => Object.fromEntries(new FormData(screen.getByRole<HTMLFormElement>("form")));
  fireEvent.paste(document.body, pasted(["Files"], [new File(["la"], "la.mp3", { type: "audio/mpeg" })]));
  await waitFor(() => expect(all()).toEqual({ "input.voice": fresh }));
  fireEvent.paste(document.body, pasted(["Files"], [fox]));
  await waitFor(() => expect(all()).toEqual({ "input.voice": fresh, "input.image": fresh }));
});

test("a file of another kind that is dropped on an input is refused, and nothing is sent", async () => {
  await open();
  const clip = new File(["clip"], "clip.mp4", { type: "video/mp4" });
  fireEvent.drop(screen.getByRole("group"), { dataTransfer: { types: ["Files"], files: [clip], getData: () => "" } });
  expect(await screen.findByText("This setting takes an image, not a video.")).toBeTruthy();
  expect(send).not.toHaveBeenCalled();
});

test("an image dropped on one box goes to no other", async () => {
  const mask = { ...image, name: "mask", label: "Mask" };
  render(
    <form aria-label="Composer">
      <MediaField field={image} value="" mediaChoices={[made]} isFirstMedia />
      <MediaField field={mask} value="" mediaChoices={[made]} isFirstMedia={false} />
    </form>,
  );
  await act(() => vi.dynamicImportSettled());
  const dataTransfer = { types: ["Files"], files: [fox], getData: () => "" };
  expect(fireEvent.dragOver(screen.getByRole("group", { name: "Mask" }), { dataTransfer })).toBe(false);
  fireEvent.drop(screen.getByRole("group", { name: "Mask" }), { dataTransfer });
  const inMask = () => new FormData(screen.getByRole<HTMLFormElement>("form")).get("input.mask");
  await waitFor(() => expect(inMask()).toBe(fresh));
  expect(chosen()).toBeNull();
  expect(send).toHaveBeenCalledTimes(1);
});

test("a dropped image of this app is used without an upload, one of another site is refused", async () => {
  await open();
  const drop = (address: string) =>
    fireEvent.drop(screen.getByRole("group"), { dataTransfer: { types: [], files: [], getData: () => address } });
  drop("https://evil.example/api/media/5f0f6a54-9d8f-4a55-8f6e-0a5a0f1f2b02");
  expect(chosen()).toBeNull();
  drop(`${location.origin}${made.value}?size=thumb`);
  await waitFor(() => expect(chosen()).toBe(made.value));
  expect(send).not.toHaveBeenCalled();
});

test("a refused upload says why", async () => {
  send.mockImplementation(async () => Response.json({ detail: "The image is incomplete." }, { status: 400 }));
  await open();
  await userEvent.upload(screen.getByLabelText("Upload: Image"), fox);
  expect(await screen.findByText("The image is incomplete.")).toBeTruthy();
  expect(chosen()).toBeNull();
});

test("filling the form chooses the image in its values, or none", async () => {
  const form = await open({ field: { ...image, required: false } });
  act(() => fillForm(form, [image], { image: fresh }));
  expect(chosen()).toBe(fresh);
  expect(screen.getByRole("img", { name: "Your image" }).getAttribute("src")).toBe(`${fresh}?size=thumb`);
  act(() => fillForm(form, [image], {}));
  expect(chosen()).toBe("");
});
