import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Field } from "@/lib/models/inputs/fields";
import { sdxl } from "../fixtures";
import { openStudio, prepareStudio } from "../open-studio";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: () => {}, refresh: () => {} }) }));

const send = prepareStudio();

// jsdom gives every invalid value the same message, unless the page has set one. Here the message contains the value.
for (const { prototype } of [HTMLInputElement, HTMLTextAreaElement]) {
  const getMessage = Object.getOwnPropertyDescriptor(prototype, "validationMessage")?.get;
  vi.spyOn(prototype, "validationMessage", "get").mockImplementation(function (this: HTMLInputElement) {
    const { valid, customError } = this.validity;
    return valid || customError ? getMessage?.call(this) : `Wrong: ${this.value}`;
  });
}

const generate = () => userEvent.click(screen.getByRole("button", { name: /Generate/ }));
const isMarked = (control: HTMLElement) => control.getAttribute("aria-invalid") === "true";

test("invalid settings show their errors until they are valid", async () => {
  openStudio();
  const [prompt, seed] = [screen.getByLabelText("Prompt"), screen.getByLabelText("Seed")];
  const steps = screen.getByLabelText("Steps");
  fireEvent.input(steps, { target: { value: "501" } });
  // No error is shown while the user is typing.
  expect([prompt, seed, steps].map(isMarked)).toEqual([false, false, false]);

  await generate();
  expect([prompt, seed, steps].map(isMarked)).toEqual([true, false, true]);
  expect(
    screen.getByLabelText("Steps", { selector: "[aria-describedby='input.num_inference_steps-error']" }),
  ).toBeTruthy();
  expect(document.querySelector("[id='input.num_inference_steps-error']")?.textContent).toBe("Wrong: 501");

  fireEvent.input(steps, { target: { value: "502" } });
  expect(screen.getByText("Wrong: 502")).toBeTruthy();
  fireEvent.input(steps, { target: { value: "50" } });
  expect([prompt, seed, steps].map(isMarked)).toEqual([true, false, false]);
  expect(send).not.toHaveBeenCalledWith("/api/replicate", expect.anything());
});

test("an error in closed details opens them", async () => {
  openStudio();
  const width = screen.getByLabelText("Width");
  fireEvent.input(width, { target: { value: "10.5" } });
  const details = width.closest("details");
  expect(details?.open).toBe(false);
  await generate();
  expect([details?.open, isMarked(width)]).toEqual([true, true]);
});

test("a corrected setting shows the error that the server then finds", async () => {
  openStudio();
  const prompt = screen.getByLabelText("Prompt");
  await generate();
  expect(isMarked(prompt)).toBe(true);
  await userEvent.type(prompt, "a fox");
  const rejection = { detail: "No.", invalid_fields: [{ field: "input.prompt", description: "No foxes here" }] };
  send.mockImplementation(async () => Response.json(rejection, { status: 422 }));
  await generate();
  await waitFor(() => expect(isMarked(prompt)).toBe(true));
  expect(document.getElementById("input.prompt-error")?.textContent).toBe("No foxes here");
});

test("an error of the server about a missing setting, or an entry of a list, is shown beside it", async () => {
  const tags: Field = { name: "tags", label: "Tags", kind: "longtext", required: false, order: 19 };
  openStudio({ fields: [...sdxl, tags] });
  const details = screen.getByLabelText("Tags").closest("details");
  expect(details?.open).toBe(false);
  await userEvent.type(screen.getByLabelText("Prompt"), "a fox");
  const invalid_fields = [
    { field: "input.tags.1", description: "tags must be text" },
    { field: "input", description: "seed is required" },
  ];
  send.mockImplementation(async () => Response.json({ detail: "No.", invalid_fields }, { status: 422 }));
  await generate();
  await waitFor(() => expect(details?.open).toBe(true));
  expect(document.getElementById("input.tags-error")?.textContent).toBe("tags must be text");
  expect(document.getElementById("input.seed-error")?.textContent).toBe("seed is required");
});

test.each(["file", "files"] as const)(
  "a missing image is reported until it is uploaded, and the form is not sent before (%s)",
  async (kind) => {
    const { promise, resolve } = Promise.withResolvers<Response>();
    send.mockImplementationOnce(() => promise);
    URL.createObjectURL = () => "blob:fox";
    URL.revokeObjectURL = () => {};
    const image = { name: "image", label: "Image", kind, takes: "image" as const, required: true, order: 9 };
    openStudio({ model: "a/editor", fields: [image] });
    await generate();
    expect(screen.getByText("Add an image first.")).toBeTruthy();
    const [input] = screen.getAllByLabelText("Upload: Image");
    await userEvent.upload(input!, new File(["fox"], "fox.png", { type: "image/png" }));
    expect(await screen.findByText("The image is still being uploaded.")).toBeTruthy();
    await generate();
    expect(send).not.toHaveBeenCalledWith("/api/replicate", expect.anything());
    resolve(Response.json({ url: "/api/uploads/fox" }, { status: 201 }));
    await waitFor(() => expect(screen.queryByText("The image is still being uploaded.")).toBeNull());
    expect(screen.queryByText(/^(Wrong|Add an image)/)).toBeNull();
    await generate();
    expect(send).toHaveBeenCalledWith("/api/replicate", expect.anything());
  },
);
