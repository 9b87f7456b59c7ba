import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { type CardActions, JobCard } from "@/components/generate/feed/job-card";
import { ToolModelsProvider } from "@/components/jobs/tool-models";
import { type Job, jobOf } from "@/components/jobs/job";
import { savedImage, predictionOf } from "../fixtures";
import { ignoredActions } from "./card-actions";
import { WithTitles } from "../../with-titles";

const actions = {
  ...ignoredActions,
  onCancel: vi.fn<CardActions["onCancel"]>(),
  onRetry: vi.fn<CardActions["onRetry"]>(),
  onEditJob: vi.fn<CardActions["onEditJob"]>(),
  onTool: vi.fn<CardActions["onTool"]>(),
};
const output = ["https://replicate.delivery/a.png"];
const running = jobOf(predictionOf({ status: "processing", progress: 0.48 }));
const finished: Job = { ...running, prediction: predictionOf({ status: "succeeded", output }) };
const saved: Job = {
  ...running,
  prediction: predictionOf({
    status: "succeeded",
    output: [savedImage.url],
    images: [savedImage],
    saved_at: "2026-11-01T10:00:09.000Z",
  }),
};

test("a running job shows its progress, and can be canceled", async () => {
  render(<JobCard job={running} actions={actions} />, { wrapper: WithTitles });
  expect(screen.getByText("Generating 48 %")).toBeTruthy();
  expect(screen.getByText("Stable Diffusion XL").title).toBe("stability-ai/sdxl");
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  expect(actions.onCancel).toHaveBeenCalledExactlyOnceWith(running);
});

test("the second click of a double click does not cancel a card that moved under it", () => {
  actions.onCancel.mockClear();
  render(<JobCard job={running} actions={actions} />);
  fireEvent.click(screen.getByRole("button", { name: "Cancel" }), { detail: 2 });
  expect(actions.onCancel).not.toHaveBeenCalled();
});

test("the place of an image has its aspect ratio from the start", () => {
  const { container } = render(<JobCard job={running} actions={actions} />);
  expect(container.querySelector("[style*='aspect-ratio: 1.3333']")).toBeTruthy();
});

test("a finished image is shown from Replicate, and is not loaded again when it is saved", () => {
  const { rerender } = render(<JobCard job={running} actions={actions} />);
  rerender(<JobCard job={finished} actions={actions} />);
  const item = screen.getByRole("img", { name: "a red fox" });
  expect(item.getAttribute("src")).toBe(output[0]);
  rerender(<JobCard job={saved} actions={actions} />);
  expect(screen.getByText("Saved")).toBeTruthy();
  expect(screen.getByRole("img", { name: "a red fox" })).toBe(item);
  expect(item.getAttribute("src")).toBe(output[0]);
});

test("an older image shows its colour until it has loaded", () => {
  render(<JobCard job={saved} actions={actions} />);
  const item = screen.getByRole("img", { name: "a red fox" });
  const colour = () => item.closest("a")?.style.backgroundColor;
  expect(colour()).toBe("rgb(122, 107, 92)");
  fireEvent.load(item);
  expect(colour()).toBe("");
});

test("a fresh image appears once it is decoded", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  vi.spyOn(HTMLImageElement.prototype, "decode").mockReturnValueOnce(promise);
  const { rerender } = render(<JobCard job={running} actions={actions} />);
  rerender(<JobCard job={finished} actions={actions} />);
  const item = screen.getByRole("img", { name: "a red fox" });
  expect(item.classList).toContain("invisible");
  resolve();
  await waitFor(() => expect(item.classList).not.toContain("invisible"));
});

test("the images that arrived are shown as saved, also when others are missing", () => {
  const { prediction } = saved;
  if (!prediction) throw new Error("The fixture has no prediction.");
  render(<JobCard job={{ ...saved, prediction: { ...prediction, save_error: "dropped" } }} actions={actions} />);
  expect(screen.getByText("Saved")).toBeTruthy();
});

test("an image that cannot be decoded is not called saved beside its warning", async () => {
  const { prediction } = saved;
  if (!prediction) throw new Error("The fixture has no prediction.");
  render(<JobCard job={{ ...saved, prediction: { ...prediction, save_error: "damaged" } }} actions={actions} />);
  expect(screen.queryByText("Saved")).toBeNull();
  expect(await screen.findByText(/The model finished with a damaged image/)).toBeTruthy();
});

test("a queued job says when the next try is", () => {
  vi.useFakeTimers({ now: Date.parse("2026-11-01T10:00:00Z") });
  const prediction = predictionOf({ status: "queued", queued_until: "2026-11-01T10:00:07Z" });
  render(<JobCard job={jobOf(prediction)} actions={actions} />);
  expect(screen.getByText(/Replicate is busy: next try\s+in 7 s/)).toBeTruthy();
  vi.useRealTimers();
});

test("a failure stays in its place and says what to do", async () => {
  const prediction = predictionOf({ status: "failed", error: "NSFW", error_code: "content_rejected" });
  const job = jobOf(prediction);
  render(<JobCard job={job} actions={actions} />);
  const card = within(screen.getByRole("article", { name: "a red fox" }));
  expect(await card.findByText("The model's safety check stopped this result")).toBeTruthy();
  await userEvent.click(await card.findByRole("button", { name: "Run again" }));
  expect(actions.onRetry).toHaveBeenCalledExactlyOnceWith(job);
  await userEvent.click(card.getByRole("button", { name: "Edit settings" }));
  expect(actions.onEditJob).toHaveBeenCalledExactlyOnceWith(job);
});

test("a signed-out user gets a link to sign in", async () => {
  const problem = { status: 401, detail: "Sign in first.", fields: [] };
  render(<JobCard job={{ ...running, prediction: null, problem }} actions={actions} />);
  expect((await screen.findByRole("link", { name: "Sign in" })).getAttribute("href")).toBe(
    "/login?next=%2Fdashboard%2Fgenerate%3Fmodel%3Dstability-ai%2Fsdxl",
  );
});

test("an unsaved image says until when it is safe", () => {
  const prediction = predictionOf({
    status: "succeeded",
    output,
    save_error: "retrying",
    output_expires_at: "2026-11-01T11:00:00Z",
  });
  const { container } = render(<JobCard job={jobOf(prediction)} actions={actions} />);
  expect(container.textContent).toMatch(/Not saved yet · safe until \d\d:\d\d/);
});

test("waiting jobs show their place in the queue, and the first one when its next try is", () => {
  const prediction = predictionOf({ status: "queued", queued_until: "2026-11-01T10:00:07Z" });
  const { rerender } = render(<JobCard job={jobOf(prediction)} actions={actions} place={1} />);
  expect(screen.getByText(/Replicate is busy/)).toBeTruthy();
  rerender(<JobCard job={jobOf(prediction)} actions={actions} place={2} />);
  expect(screen.getByText("Number 2 in the queue")).toBeTruthy();
});

test("a saved image is varied and upscaled, one that is not saved yet only varied", async () => {
  const models = { upscale: "nightmareai/real-esrgan" };
  const { rerender } = render(<JobCard job={saved} actions={actions} />, {
    wrapper: ({ children }) => <ToolModelsProvider models={models}>{children}</ToolModelsProvider>,
  });
  await userEvent.click(await screen.findByRole("button", { name: "Vary" }));
  await userEvent.click(screen.getByRole("button", { name: "Upscale" }));
  const item = expect.objectContaining({ id: savedImage.id });
  expect(actions.onTool.mock.calls).toEqual([
    [expect.objectContaining({ id: "vary" }), item],
    [expect.objectContaining({ id: "upscale" }), item],
  ]);
  rerender(<JobCard job={finished} actions={actions} />);
  expect(screen.getByRole("button", { name: "Vary" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Upscale" })).toBeNull();
});

test("an expired image is replaced by what to do", async () => {
  const job = jobOf(predictionOf({ status: "succeeded", output, save_error: "expired" }));
  render(<JobCard job={job} actions={actions} />);
  expect(await screen.findByText("The result expired before it could be saved")).toBeTruthy();
  expect(screen.queryByRole("img")).toBeNull();
  expect(screen.queryByRole("link", { name: "Download" })).toBeNull();
  await userEvent.click(await screen.findByRole("button", { name: "Run again" }));
  expect(actions.onRetry).toHaveBeenLastCalledWith(job);
});

test("when images are missing, the job can be run again or edited", async () => {
  const { prediction } = saved;
  if (!prediction) throw new Error("The fixture has no prediction.");
  const job = { ...saved, prediction: { ...prediction, save_error: "dropped" as const } };
  render(<JobCard job={job} actions={actions} />);
  await userEvent.click(await screen.findByRole("button", { name: "Run again" }));
  expect(actions.onRetry).toHaveBeenLastCalledWith(job);
  await userEvent.click(screen.getByText("Edit settings"));
  expect(actions.onEditJob).toHaveBeenLastCalledWith(job);
});

test("the rest of too many images can be saved", async () => {
  const { prediction } = saved;
  if (!prediction) throw new Error("The fixture has no prediction.");
  const output_expires_at = "2026-11-01T11:00:00.000Z";
  const partly = { saved_at: null, save_error: "too_many" as const, output_expires_at };
  const job = { ...saved, prediction: { ...prediction, ...partly } };
  render(<JobCard job={job} actions={actions} />);
  expect(await screen.findByText(/1 of 1 images are saved/)).toBeTruthy();
  await userEvent.click(await screen.findByRole("button", { name: "Save the rest" }));
  expect(document.querySelector("time")?.dateTime).toBe(output_expires_at);
  expect(actions.onRetry).toHaveBeenLastCalledWith(job);
  expect(screen.queryByRole("button", { name: "Run again" })).toBeNull();
});
