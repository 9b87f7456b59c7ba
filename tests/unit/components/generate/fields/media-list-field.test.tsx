import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ComposerFields } from "@/components/generate/composer/composer-fields";
import { MediaField } from "@/components/generate/fields/media-field";
import { fillForm } from "@/components/generate/fields/form-values";
import type { Field } from "@/lib/models/inputs/fields";

const several: Field = {
  name: "image_input",
  label: "Image",
  kind: "files",
  takes: "image",
  required: false,
  max: 3,
  order: 0,
};
const made = ["red", "blue", "grey"].map((name) => {
  const value = `/api/media/${name}`;
  return { value, thumb: `${value}?size=thumb`, label: `a ${name} fox` };
});
const [red, blue, grey] = made.map(({ value }) => value);
const fileOf = (name: string) => new File([name], `${name}.png`, { type: "image/png" });

const send = vi.fn<(path: string, init: { method: string; body: File }) => Promise<Response>>();

beforeEach(() => {
  vi.stubGlobal("fetch", send);
  URL.createObjectURL = () => "blob:fox";
  URL.revokeObjectURL = () => {};
  send.mockImplementation(async (_, { method, body }) =>
    method === "HEAD"
      ? new Response(null, { status: 404 })
      : body.name.startsWith("bad")
        ? Response.json({ detail: "The image is incomplete." }, { status: 400 })
        : Response.json({ url: `/api/uploads/${body.name}` }, { status: 201 }),
  );
});
afterEach(() => {
  vi.unstubAllGlobals();
  send.mockReset();
});

const drawn = (field = several, value: unknown = []) => (
  <form aria-label="Composer">
    <MediaField field={field} value={value} mediaChoices={made} isFirstMedia />
  </form>
);
const form = () => screen.getByRole<HTMLFormElement>("form");
const sent = () => new FormData(form()).getAll("input.image_input");
const tile = (name: string | RegExp) => screen.getByRole<HTMLInputElement>("checkbox", { name });
const numbers = () =>
  screen.getAllByRole("checkbox", { checked: true }).map((box) => box.closest("label")?.textContent);
/**
 * Drops files. First waits for the dynamic import of the code that handles drops. At the end, waits for the dynamic imports that
 * the drop itself starts. `address` is the URL of a dropped link.
 */
async function drop(files: File[], address = "") {
  await act(() => vi.dynamicImportSettled());
  fireEvent.drop(document.body, { dataTransfer: { types: ["Files"], files, getData: () => address } });
  await act(() => vi.dynamicImportSettled());
}

test("images are sent in the order in which they were chosen, and carry their numbers", async () => {
  render(drawn());
  for (const name of [/grey/, /red/, /blue/]) await userEvent.click(tile(name));
  expect(sent()).toEqual([grey, red, blue]);
  expect(numbers()).toEqual(["2", "3", "1"]);
  expect(tile(/^a grey fox ?1$/).checked).toBe(true);

  await userEvent.click(tile(/grey/));
  expect(sent()).toEqual([red, blue]);
  expect(numbers()).toEqual(["1", "2"]);
  expect(screen.getByText(/up to 3 images \(2 chosen\)/)).toBeTruthy();
});

test("uploaded images come first, in their order", async () => {
  render(drawn());
  await userEvent.click(tile(/blue/));
  await userEvent.upload(screen.getByLabelText("Upload: Image"), [fileOf("first"), fileOf("second")]);
  await waitFor(() => expect(sent()).toEqual([blue, "/api/uploads/first.png", "/api/uploads/second.png"]));
  expect(screen.getAllByRole<HTMLInputElement>("checkbox").map(({ value }) => value)).toEqual([
    "/api/uploads/first.png",
    "/api/uploads/second.png",
    red,
    blue,
    grey,
  ]);
});

test("filling the form keeps the order of the images, and moves them to the front", () => {
  render(drawn(several, [grey, red]));
  expect(sent()).toEqual([grey, red]);
  act(() => fillForm(form(), [several], { image_input: [blue, "/api/uploads/old", grey] }));
  expect(sent()).toEqual([blue, "/api/uploads/old", grey]);
  expect(numbers()).toEqual(["1", "2", "3"]);
});

test("a full list refuses another image, wherever it comes from, and says so", async () => {
  render(drawn());
  for (const name of [/grey/, /red/]) await userEvent.click(tile(name));
  await drop([fileOf("first"), fileOf("second"), fileOf("third")]);
  const left = await screen.findByText("2 of 3 images were not added: at most 3 can be chosen.");
  expect(sent()).toEqual([grey, red, "/api/uploads/first.png"]);

  const words = "At most 3 images can be chosen. Remove one first.";
  await drop([fileOf("fourth")]);
  await waitFor(() => expect(left.textContent).toBe(words));
  expect(send).toHaveBeenCalledTimes(1);
  await userEvent.click(tile(/red/));
  expect(screen.queryByText(words)).toBeNull();
  await drop([], `${location.origin}/api/media/5f0f6a54-9d8f-4a55-8f6e-0a5a0f1f2b02`);
  await userEvent.click(tile(/blue/));
  expect(await screen.findByText(words)).toBeTruthy();
  expect(tile(/blue/).checked).toBe(false);
  expect(sent()).toEqual([grey, "/api/uploads/first.png", "/api/media/5f0f6a54-9d8f-4a55-8f6e-0a5a0f1f2b02"]);
});

test("an upload that ends after the form was filled is not added to the new values", async () => {
  const { promise, resolve } = Promise.withResolvers<Response>();
  send.mockImplementation(() => promise);
  render(drawn());
  await userEvent.upload(screen.getByLabelText("Upload: Image"), [fileOf("late")]);
  await waitFor(() => expect(send).toHaveBeenCalledOnce());
  act(() => fillForm(form(), [several], { image_input: [blue] }));
  await act(async () => resolve(Response.json({ url: "/api/uploads/late" }, { status: 201 })));
  expect(sent()).toEqual([blue]);
});

test("an image whose place was taken during its upload is reported as not added", async () => {
  let arrive = () => {};
  const sent = new Promise<void>((resolve) => (arrive = resolve));
  send.mockImplementation(async () => {
    await sent;
    return Response.json({ url: "/api/uploads/slow" }, { status: 201 });
  });
  render(drawn());
  for (const name of [/grey/, /red/]) await userEvent.click(tile(name));
  await drop([fileOf("slow")]);
  await waitFor(() => expect(send).toHaveBeenCalled());
  await userEvent.click(tile(/blue/));
  arrive();
  expect(await screen.findByText("1 of 1 images were not added: at most 3 can be chosen.")).toBeTruthy();
  expect(tile(/blue/).checked).toBe(true);
});

test("of several files the valid ones are added, and the error of the other is shown", async () => {
  render(drawn());
  await drop([fileOf("first"), fileOf("bad"), fileOf("second")]);
  expect(await screen.findByText("bad.png: The image is incomplete.")).toBeTruthy();
  expect(sent()).toEqual(["/api/uploads/first.png", "/api/uploads/second.png"]);
});

test("a required list asks for an image", async () => {
  render(drawn({ ...several, required: true }));
  expect(screen.getByLabelText<HTMLInputElement>("Upload: Image").validationMessage).toBe("Add an image first.");
  await userEvent.click(tile(/red/));
  expect(form().checkValidity()).toBe(true);
});

test("an image that cannot be loaded is marked as missing, and can be removed", async () => {
  render(drawn(several, [red, blue]));
  fireEvent.error(screen.getByRole("img", { name: "a red fox" }));
  await userEvent.click(await screen.findByRole("checkbox", { name: /^Missing ?1$/ }));
  expect(sent()).toEqual([blue]);
});

test("boxes ticked before the script has loaded stay ticked", () => {
  const container = document.createElement("div");
  document.body.append(container);
  container.innerHTML = renderToString(drawn());
  for (const box of container.querySelectorAll<HTMLInputElement>(`[value="${red}"], [value="${grey}"]`))
    box.checked = true;
  expect(sent()).toEqual([red, grey]);
  render(drawn(), { container, hydrate: true });
  expect(sent()).toEqual([red, grey]);
  expect(numbers()).toEqual(["1", "2"]);
});

test("a list of images is always visible, an optional single image is folded", () => {
  const one: Field = { ...several, name: "mask", label: "Mask", kind: "file" };
  const more = { start: null, mediaChoices: made, errors: new Map<string, string>(), promptTools: null };
  render(<ComposerFields fields={[one, several]} {...more} />);
  expect(screen.getByRole("group", { name: "Image" }).closest("details")).toBeNull();
  expect(screen.getByRole("group", { name: "Mask", hidden: true }).closest("details")).not.toBeNull();
});
