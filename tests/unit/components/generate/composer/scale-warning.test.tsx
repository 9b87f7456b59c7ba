import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { LiveRegion } from "@/components/ui/live-region";
import type { Field } from "@/lib/models/inputs/fields";
import { scaleWarning } from "@/components/generate/composer/scale-warning";
import { openStudio } from "../open-studio";
import { flux } from "../fixtures";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: () => {}, refresh: () => {} }) }));
afterEach(() => vi.unstubAllGlobals());

const image: Field = { name: "image", label: "Image", kind: "file", required: true, order: 0 };
const scale: Field = { name: "scale", label: "Scale", kind: "number", required: false, default: 4, order: 1 };

/** Opens a form with an image of this size (px). jsdom loads no images, so a mock gets each URL. Returns the mock. */
function openWith(fields: Field[], width: number, height: number) {
  vi.stubGlobal("fetch", async () => Response.json({ results: [] }));
  const load = vi.spyOn(Image.prototype, "src", "set").mockImplementation(function (this: HTMLImageElement) {
    Object.defineProperties(this, { naturalWidth: { value: width }, naturalHeight: { value: height } });
    queueMicrotask(() => this.dispatchEvent(new Event("load")));
  });
  openStudio({
    model: "nightmareai/real-esrgan",
    fields,
    start: { image: "/api/media/5f0f6a54-9d8f-4a55-8f6e-0a5a0f1f2b02" },
  });
  return load;
}

test("the form warns that the result would be too large, and says what fits", async () => {
  openWith([image, scale], 1600, 1200);
  expect(
    await screen.findByText(
      "A result of 6400 × 4800 pixels may be too large to be saved. The largest scale that can be saved is 3.9×.",
    ),
  ).toBeTruthy();
  fireEvent.input(screen.getByLabelText("Scale"), { target: { value: "3.5" } });
  expect(screen.queryByText(/too large to be saved/)).toBeNull();
  fireEvent.input(screen.getByLabelText("Scale"), { target: { value: "4.1" } });
  expect(screen.getByText(/^A result of 6560 × 4920 pixels/)).toBeTruthy();
});

test("screen readers get the warning too", async () => {
  render(<LiveRegion />);
  openWith([image, scale], 1600, 1200);
  await waitFor(() => expect(screen.getByRole("status").textContent).toContain("A result of 6400 × 4800 pixels"));
});

test("in a model with a prompt, scale is something else, and no image is measured", async () => {
  const load = openWith([...flux, image, scale], 4000, 3000);
  await screen.findByRole("button", { name: "Compare" });
  expect(load).not.toHaveBeenCalledWith("/api/media/5f0f6a54-9d8f-4a55-8f6e-0a5a0f1f2b02");
  expect(screen.queryByText(/too large/)).toBeNull();
});

test("an image that is already large needs to be replaced by a smaller one", () => {
  expect(scaleWarning(6000, 5000, 1.5)).toContain("Choose a smaller image.");
  expect(scaleWarning(2500, 2000, 2)).toBeNull();
});
