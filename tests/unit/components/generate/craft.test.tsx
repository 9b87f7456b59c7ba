import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { LoadComparable } from "@/components/generate/composer/compare";
import type { LoadPrompts } from "@/components/generate/composer/recent-prompts";
import { flux, keptImage, predictionOf } from "./fixtures";
import { openStudio } from "./open-studio";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: () => {} }) }));

const send = vi.fn<typeof fetch>();

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal("fetch", send);
  send.mockImplementation(async () => Response.json({ detail: "Wait until one has finished." }, { status: 429 }));
  // jsdom has no popovers.
  HTMLElement.prototype.hidePopover = () => {};
});
afterEach(() => {
  vi.unstubAllGlobals();
  send.mockReset();
});

const prompt = () => screen.getByLabelText<HTMLTextAreaElement>("Prompt");
const bodies = () => send.mock.calls.map(([, init]): unknown => JSON.parse(String(init?.body)));

test("one prompt is sent to several models, in the nearest shape, and the cards stand in one row", async () => {
  openStudio();
  await userEvent.type(prompt(), "a red fox");
  await userEvent.click(screen.getByRole("radio", { name: "16:9" }));
  await userEvent.click(await screen.findByRole("checkbox", { name: "FLUX.1 schnell", hidden: true }));
  await userEvent.click(screen.getByRole("button", { name: /Generate on 2 models/ }));
  await waitFor(() => expect(send).toHaveBeenCalledTimes(2));
  expect(bodies()).toMatchObject([
    { model: "stability-ai/sdxl", input: { prompt: "a red fox", width: 1344 } },
    { model: "black-forest-labs/flux-schnell", input: { prompt: "a red fox", aspect_ratio: "16:9" } },
  ]);
  const row = within(screen.getByRole("region", { name: "Feed" })).getByRole("listitem");
  expect(within(row).getAllByRole("article")).toHaveLength(2);
});

/** Opens a panel beside a button, as the browser would. */
async function openPanel(name: string) {
  const button = await screen.findByRole("button", { name });
  const panel = document.getElementById(button.getAttribute("popovertarget") ?? "");
  if (panel) fireEvent(panel, Object.assign(new Event("toggle"), { newState: "open", oldState: "closed" }));
}
const box = (name: string) => screen.findByRole<HTMLInputElement>("checkbox", { name, hidden: true });

test("up to four models are compared: of the catalogue, used before, and the one that was just looked at", async () => {
  const visited = { model: "a/found", fields: flux, version: null };
  const owner = openStudio({ ...visited, choices: [] });
  await screen.findByRole("button", { name: "Compare" });
  cleanup();
  const loadComparable = vi.fn<LoadComparable>(async (models) =>
    [...models, "a/used", "a/other"].map((id) => ({ id, title: id.toUpperCase() })),
  );
  openStudio({ owner, loadComparable });
  await openPanel("Compare");
  for (const name of ["FLUX.1 schnell", "A/FOUND", "A/USED"]) await userEvent.click(await box(name));
  expect(loadComparable).toHaveBeenCalledExactlyOnceWith(["stability-ai/sdxl", "a/found"]);
  expect((await box("A/OTHER")).disabled).toBe(true);
  expect(screen.getByText("with FLUX.1 schnell, A/FOUND and A/USED")).toBeTruthy();
  await userEvent.type(prompt(), "a red fox");
  await userEvent.click(screen.getByRole("button", { name: /Generate on 4 models/ }));
  await waitFor(() => expect(send).toHaveBeenCalledTimes(4));
  const row = within(screen.getByRole("region", { name: "Feed" })).getByRole("listitem");
  expect(within(row).getAllByRole("article")).toHaveLength(4);
});

test("a model that needs more than a prompt is not offered for comparison later", async () => {
  const image = { name: "image", label: "Image", kind: "file", required: true, order: 9 } as const;
  const owner = openStudio({ model: "a/editor", fields: [...flux, image] });
  await screen.findByRole("button", { name: "Compare" });
  cleanup();
  const loadComparable = vi.fn<LoadComparable>(async () => []);
  openStudio({ owner, loadComparable });
  await openPanel("Compare");
  expect(loadComparable).toHaveBeenCalledExactlyOnceWith(["stability-ai/sdxl"]);
});

test("an image is varied with its settings but the seed, and made larger with itself as the input", async () => {
  const input = { prompt: "a blue fox", seed: 9, num_outputs: 2 };
  openStudio({
    predictions: [
      predictionOf({
        status: "succeeded",
        input,
        output: [keptImage.url],
        images: [keptImage],
        saved_at: "2026-11-01T10:00:09Z",
      }),
    ],
  });
  await userEvent.click(await screen.findByRole("button", { name: "Vary" }));
  await userEvent.click(screen.getByRole("button", { name: "Upscale" }));
  expect(bodies()).toEqual([
    { model: "stability-ai/sdxl", input: { prompt: "a blue fox", num_outputs: 2 } },
    {
      model: "nightmareai/real-esrgan",
      input: { image: keptImage.url, scale: 2 },
      tool: "upscale",
      parent: keptImage.id,
    },
  ]);
});

test("a style adds its words to the prompt, and takes them out again", async () => {
  openStudio();
  await userEvent.type(prompt(), "a red fox.");
  const style = async () => userEvent.click(await screen.findByRole("button", { name: "Watercolor", hidden: true }));
  await style();
  expect(prompt().value).toBe("a red fox, loose watercolor painting, paper texture, soft edges");
  await style();
  expect(prompt().value).toBe("a red fox");
});

test("recent prompts are asked for when their list opens, found by their words, and one of them fills the form", async () => {
  const loadPrompts = vi.fn<LoadPrompts>(async () => ["a blue fox\nin snow", "a red fox", "a red barn"]);
  openStudio({ loadPrompts });
  await openPanel("Recent prompts");
  const filter = await screen.findByRole("searchbox", { name: "Find a prompt", hidden: true });
  fireEvent.change(filter, { target: { value: "fox BLUE" } });
  expect(screen.queryByRole("button", { name: "a red fox", hidden: true })).toBeNull();
  // False: the form around it is not sent.
  expect(fireEvent.keyDown(filter, { key: "Enter" })).toBe(false);
  expect(prompt().value).toBe("a blue fox\nin snow");
  expect(loadPrompts).toHaveBeenCalledOnce();
  expect(send).not.toHaveBeenCalled();
});

test("a list of prompts that does not come says why", async () => {
  const loadPrompts = vi.fn<LoadPrompts>(async () => null).mockRejectedValueOnce(new TypeError("network"));
  openStudio({ loadPrompts });
  await openPanel("Recent prompts");
  expect(await screen.findByText("Your prompts did not arrive. Open this again.")).toBeTruthy();
  await openPanel("Recent prompts");
  expect(await screen.findByText("You are signed out. Sign in again to see what you asked for.")).toBeTruthy();
});

test("a model that cannot do without a sound says before anything is sent that it cannot have one here", async () => {
  const audio = { name: "audio", label: "Audio", kind: "file", required: true, order: 5 } as const;
  openStudio({ fields: [...flux, audio] });
  expect(
    screen.getByText(/it needs Audio, and Darkroom gives models mediaChoices only\. Choose another model\./),
  ).toBeTruthy();
  expect(screen.queryByLabelText(/Upload/)).toBeNull();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: /Generate/ }).disabled).toBe(true);
  await userEvent.type(prompt(), "a red fox{Control>}{Enter}{/Control}");
  expect(send).not.toHaveBeenCalled();
});

test("a sound that a model can do without stays empty", () => {
  openStudio({ fields: [...flux, { name: "voice", label: "Voice", kind: "files", required: false, order: 5 }] });
  expect(screen.getByText(/Darkroom gives models mediaChoices only, so this one stays empty/)).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: /Generate/ }).disabled).toBe(false);
});
