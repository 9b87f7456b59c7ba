import { act, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { type CardActions, JobCard } from "@/components/generate/feed/job-card";
import { jobOf } from "@/components/jobs/job";
import { stubEventSource } from "../../fake-event-source";
import { predictionOf } from "../fixtures";
import { ignoredActions } from "./card-actions";

stubEventSource();
const onCancel = vi.fn<CardActions["onCancel"]>();
const actions = { ...ignoredActions, onCancel };

test("an answer that is being written can be stopped, and is named by its question", async () => {
  const messages = [
    { role: "user", content: "Hello" },
    { role: "assistant", content: "Hi." },
    { role: "user", content: "Who are you?" },
  ];
  const answering = jobOf(predictionOf({ status: "processing", input: { messages }, output: ["I"] }));
  render(<JobCard job={answering} actions={actions} />);
  await act(() => vi.dynamicImportSettled());
  const card = within(screen.getByRole("article", { name: "Who are you?" }));
  await userEvent.click(card.getByRole("button", { name: "Stop" }));
  expect(onCancel).toHaveBeenCalledExactlyOnceWith(answering);
});
