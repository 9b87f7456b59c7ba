import { act, cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { flux, savedImage, predictionOf, sdxl } from "./fixtures";
import { bodiesOf, openStudio, prepareStudio, promptInput } from "./open-studio";

const push = vi.hoisted(() => vi.fn<(href: string) => void>());
const refresh = vi.hoisted(() => vi.fn<() => void>());
vi.mock("next/navigation", () => ({ useRouter: () => ({ push, refresh }) }));

const send = prepareStudio();
afterEach(() => {
  push.mockReset();
  refresh.mockReset();
});

/** Gives the window focus, as when the user returns from another tab. */
async function focusWindow() {
  await vi.dynamicImportSettled();
  await act(async () => window.dispatchEvent(new Event("focus")));
}

test("the empty prompt asks what the model should make", () => {
  openStudio();
  expect(promptInput().placeholder).toBe("What should happen in the video?");
});

test("a running card says how long a run of its model usually takes", async () => {
  send.mockReturnValue(new Promise(() => {}));
  openStudio();
  await userEvent.type(promptInput(), "a red fox");
  await userEvent.click(screen.getByRole("button", { name: /Generate/ }));
  expect(screen.getByRole("article").textContent).toContain("usually 40 s");
});

test("several requests can be sent in a row, each with its own key", async () => {
  openStudio();
  await userEvent.type(promptInput(), "a red fox");
  await userEvent.click(screen.getByRole("button", { name: /Generate/ }));
  await userEvent.click(screen.getByRole("button", { name: /Generate/ }));
  expect(screen.getAllByRole("article")).toHaveLength(2);
  const keys = send.mock.calls.map(([, init]) => new Headers(init?.headers).get("Idempotency-Key"));
  expect(new Set(keys).size).toBe(2);
});

test("the form keeps its values after a reload", async () => {
  const owner = openStudio();
  await userEvent.type(promptInput(), "a red fox");
  await userEvent.click(screen.getByRole("radio", { name: "2:3" }));
  await userEvent.type(screen.getByLabelText("Seed"), "42");
  cleanup();
  openStudio({ owner });
  expect(promptInput().value).toBe("a red fox");
  expect(screen.getByRole<HTMLInputElement>("radio", { name: "2:3" }).checked).toBe(true);
  expect(screen.getByLabelText<HTMLInputElement>("Seed").value).toBe("42");
});

test("the form of another version leaves out settings that do not fit, and names them", async () => {
  const owner = openStudio();
  await userEvent.type(screen.getByLabelText("Steps"), "30");
  await userEvent.type(screen.getByLabelText("Seed"), "42");
  cleanup();
  const fields = sdxl.filter(({ name }) => name !== "num_inference_steps");
  openStudio({ owner, model: "stability-ai/sdxl:v2", version: "v2", fields });
  await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>("Seed").value).toBe("42"));
  expect(await screen.findByText(/This version of the model.*num_inference_steps/)).toBeTruthy();
});

test("the settings of an image replace the draft, and a custom size stays", () => {
  openStudio({ start: { prompt: "a blue fox", width: 640, height: 640, scheduler: "DDIM" } });
  expect(promptInput().value).toBe("a blue fox");
  expect(screen.getByLabelText<HTMLInputElement>("Width").value).toBe("640");
  expect(screen.getByLabelText<HTMLSelectElement>("Scheduler").value).toBe("DDIM");
});

test("an empty feed offers six prompts; choosing one fills the form", async () => {
  openStudio();
  const [first, ...others] = within(screen.getByRole("region", { name: "Results" })).getAllByRole("button");
  expect(others).toHaveLength(5);
  await userEvent.click(first!);
  expect(promptInput().value).toBe(first!.textContent);
});

test("an error of a setting appears beside it", async () => {
  const invalid_fields = [{ field: "input.num_inference_steps", description: "At most 500.", type: "too_big" }];
  send.mockImplementation(async () => Response.json({ detail: "Wrong.", invalid_fields }, { status: 422 }));
  openStudio();
  await userEvent.type(promptInput(), "a red fox");
  await userEvent.click(screen.getByRole("button", { name: /Generate/ }));
  expect(screen.getByLabelText("Steps").getAttribute("aria-invalid")).toBe("true");
  expect(within(screen.getByRole("article")).getByText("At most 500.")).toBeTruthy();
});

test("running a refused request again replaces its card", async () => {
  openStudio();
  await userEvent.type(promptInput(), "a red fox");
  await userEvent.click(screen.getByRole("button", { name: /Generate/ }));
  await userEvent.click(screen.getByRole("button", { name: "Run again" }));
  expect(send).toHaveBeenCalledTimes(2);
  expect(screen.getAllByRole("article")).toHaveLength(1);
});

test("editing a card fills the form with all of its settings", async () => {
  const input = { prompt: "a blue fox", width: 768, height: 1344, num_outputs: 2, seed: 9 };
  openStudio({ predictions: [predictionOf({ status: "failed", error_code: "model_failed", input })] });
  await userEvent.click(screen.getByRole("button", { name: "Edit settings" }));
  expect(promptInput().value).toBe("a blue fox");
  expect(screen.getByRole<HTMLInputElement>("radio", { name: "9:16" }).checked).toBe(true);
  expect(screen.getByRole<HTMLInputElement>("radio", { name: "2" }).checked).toBe(true);
  expect(screen.getByLabelText<HTMLInputElement>("Seed").value).toBe("9");
});

test("editing a card of another version brings that version's form, with the card's settings", async () => {
  const input = { prompt: "a blue fox" };
  openStudio({ predictions: [predictionOf({ status: "failed", error_code: "model_failed", version: "v0", input })] });
  await userEvent.click(screen.getByRole("button", { name: "Edit settings" }));
  expect(push).toHaveBeenCalledWith("/dashboard/generate?model=stability-ai/sdxl:v0");
});

test("another model opens its own page, with a form of its own settings", async () => {
  openStudio();
  await userEvent.selectOptions(screen.getByLabelText("Model"), "FLUX.1 schnell");
  expect(push).toHaveBeenCalledWith("/dashboard/generate?model=black-forest-labs/flux-schnell");
  cleanup();
  openStudio({ model: "black-forest-labs/flux-schnell", fields: flux });
  expect(screen.queryByLabelText("Negative prompt")).toBeNull();
  expect(screen.getByLabelText("Megapixels")).toBeTruthy();
});

test("what is started in another tab joins the feed", async () => {
  const { promise } = Promise.withResolvers<Response>();
  openStudio();
  send.mockImplementation(async (address) =>
    String(address).includes("active") ? promise : Response.json({ results: [predictionOf()] }),
  );
  await focusWindow();
  expect(within(screen.getByRole("article")).getByText("Starting up")).toBeTruthy();
});

test("a signed-out user is told so and returns to this form; signing in anywhere refreshes the page", async () => {
  openStudio();
  send.mockImplementationOnce(async () => Response.json({ detail: "Sign in first." }, { status: 401 }));
  await focusWindow();
  const feed = within(screen.getByRole("region", { name: "Results" }));
  expect(feed.getByRole("status").textContent).toMatch(
    /^You are signed out\. Everything that you started continues, and its results are saved\./,
  );
  expect(feed.getByRole("link", { name: "Sign in" }).getAttribute("href")).toBe(
    "/login?next=%2Fdashboard%2Fgenerate%3Fmodel%3Dstability-ai%2Fsdxl",
  );
  send.mockImplementationOnce(async () => Response.json({ results: [] }));
  await focusWindow();
  expect(feed.queryByRole("status")).toBeNull();
  expect(refresh).toHaveBeenCalledOnce();
});

test("a lost network is said at once, and its return", async () => {
  openStudio();
  await act(async () => window.dispatchEvent(new Event("offline")));
  expect(screen.getByText(/^The connection is lost\./)).toBeTruthy();
  await act(async () => window.dispatchEvent(new Event("online")));
  expect(screen.queryByText(/^The connection is lost\./)).toBeNull();
});

test("an image is varied with its settings except the seed, and upscaled with itself as the input", async () => {
  const input = { prompt: "a blue fox", seed: 9, num_outputs: 2 };
  openStudio({
    predictions: [
      predictionOf({
        status: "succeeded",
        input,
        output: [savedImage.url],
        images: [savedImage],
        saved_at: "2026-11-01T10:00:09Z",
      }),
    ],
  });
  await userEvent.click(await screen.findByRole("button", { name: "Vary" }));
  await userEvent.click(screen.getByRole("button", { name: "Upscale" }));
  expect(bodiesOf(send)).toEqual([
    { model: "stability-ai/sdxl", input: { prompt: "a blue fox", num_outputs: 2 } },
    {
      model: "nightmareai/real-esrgan",
      input: { image: savedImage.url, scale: 2 },
      tool: "upscale",
      parent: savedImage.id,
    },
  ]);
});
