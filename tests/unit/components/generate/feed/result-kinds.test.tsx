import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { type CardActions, JobCard } from "@/components/generate/feed/job-card";
import { jobOf } from "@/components/jobs/job";
import type { Prediction } from "@/lib/predictions/schema";
import { predictionOf, savedImage } from "../fixtures";
import { ignoredActions } from "./card-actions";

const savedAt = { status: "succeeded" as const, saved_at: "2026-11-01T10:00:09.000Z" };
const onOpen = vi.fn<CardActions["onOpen"]>();
const onEditJob = vi.fn<CardActions["onEditJob"]>();
const show = (changes: Partial<Prediction>) => {
  render(
    <JobCard
      job={jobOf(predictionOf({ ...savedAt, ...changes }))}
      actions={{ ...ignoredActions, onOpen, onEditJob }}
    />,
  );
  return within(screen.getByRole("article"));
};

test.each([
  ["video", "video/webm", "VIDEO"],
  ["audio", "audio/wav", "AUDIO"],
] as const)("a %s plays in its card, and its details open", async (kind, content_type, tag) => {
  const card = show({ images: [{ ...savedImage, kind, content_type, thumb_url: null }] });
  expect((await card.findByLabelText("a red fox", { selector: "video, audio" })).tagName).toBe(tag);
  await userEvent.click(await card.findByRole("button", { name: "Details" }));
  expect(onOpen).toHaveBeenLastCalledWith(expect.objectContaining({ id: savedImage.id }));
});

test("a file is a tile with its type", async () => {
  const card = show({ images: [{ ...savedImage, kind: "file", content_type: "application/zip", thumb_url: null }] });
  expect(await card.findByText("ZIP · 1.4 MB")).toBeTruthy();
});

test("a text is shown in its card, and is not a failure", async () => {
  const card = show({ output: ["A ", "fox."] });
  expect(await card.findByText("A fox.")).toBeTruthy();
  expect(card.getByText("Saved")).toBeTruthy();
  expect(card.getByRole("button", { name: "Copy text" })).toBeTruthy();
  await vi.dynamicImportSettled();
  expect(card.queryByRole("button", { name: "Edit settings" })).toBeNull();
  await userEvent.click(card.getByRole("button", { name: "Use these settings" }));
  expect(onEditJob).toHaveBeenCalledOnce();
});

test("what a model says beside its files is shown, too", async () => {
  const card = show({ images: [savedImage], output: { file: savedImage.url, detected_language: "de" } });
  expect(card.getByRole("img", { name: "a red fox" })).toBeTruthy();
  expect(await card.findByText(/"detected_language": "de"/)).toBeTruthy();
});
