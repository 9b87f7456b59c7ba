import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { getFields } from "@/lib/models/inputs/fields";
import { documentOf } from "../../../lib/models/documents";
import { openStudio, prepareStudio, promptInput } from "../open-studio";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: () => {} }) }));

const send = prepareStudio();

const open = (name: string, start: Record<string, unknown> | null = null) =>
  openStudio({ model: name, fields: getFields(documentOf(name)), start });

/** Returns the labels of the settings that are not inside `details`, in the order of the page. */
function shownLabels() {
  const composer = screen.getByRole("region", { name: "Prompt and settings" });
  const controls = [...composer.querySelectorAll<HTMLElement>("form[class] label, form[class] legend")];
  const settings = controls.filter(
    (label) => !label.closest("details") && /^(input\.|$)/.test(label.getAttribute("for") ?? ""),
  );
  return settings.map(({ textContent }) => textContent).filter(Boolean);
}

test("the only file of a model is on top, and the model is not run without it", async () => {
  open("cjwbw/rembg");
  expect(shownLabels()[0]).toBe("Image");
  expect(screen.getAllByRole("group", { name: "Image" })[0]?.closest("[data-required]")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: /Generate/ }));
  expect(screen.getByText("Add an image first.")).toBeTruthy();
  expect(send).not.toHaveBeenCalledWith("/api/replicate", expect.anything());
});

test.each([
  ["black-forest-labs/flux-kontext-dev", ["Prompt", "Input image"]],
  ["philz1337x/clarity-upscaler", ["Image", "Prompt"]],
  ["google/veo-3.1", ["Prompt"]],
])("what %s cannot do without comes first", (name, labels) => {
  open(name);
  expect(shownLabels().filter((label) => ["Image", "Prompt", "Input image"].includes(label ?? ""))).toEqual(
    name === "google/veo-3.1" ? ["Prompt", "Image"] : labels,
  );
});

test.each(["stability-ai/sdxl", "qwen/qwen-image", "kwaivgi/kling-v2.5-turbo-pro"])(
  "the first image of %s is on the first level, and other settings are folded",
  (name) => {
    open(name);
    const [image] = screen.getAllByRole("group", { name: /^(Image|Start image)$/ });
    expect(image?.closest("details")).toBeNull();
  },
);

test("deprecated settings are folded and come last", () => {
  open("kwaivgi/kling-v2.5-turbo-pro");
  const groups = within(document.querySelector("details")!).getAllByRole("group");
  expect(groups.at(-1)?.querySelector("legend")?.textContent).toBe("Image");
});

test("a prompt that an image can replace is required only without one", async () => {
  open("stability-ai/sdxl", { image: "/api/media/5f0f6a54-9d8f-4a55-8f6e-0a5a0f1f2b02" });
  await waitFor(() => expect(promptInput().required).toBe(false));
  await userEvent.click(screen.getAllByRole("radio", { name: "None" })[0]!);
  await waitFor(() => expect(promptInput().required).toBe(true));
});
