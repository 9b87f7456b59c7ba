import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { FavoriteShareDelete } from "@/components/viewer/favorite-share-delete";
import { FailureNote } from "@/components/generate/feed/failure-note";
import { ResultActions } from "@/components/generate/feed/result-actions";
import { jobOf } from "@/components/jobs/job";
import { ToolModelsProvider } from "@/components/jobs/tool-models";
import { ToolButtons } from "@/components/viewer/tool-buttons";
import { toMediaItem } from "@/components/media/media-item";
import { imageOf } from "../gallery/image";
import { ignoredActions } from "./feed/card-actions";
import { predictionOf } from "./fixtures";
import { openStudio, prepareStudio } from "./open-studio";

vi.mock("next/navigation", () => ({ useRouter: () => ({}) }));

const send = prepareStudio();

const generate = () => screen.getByRole("button", { name: /Generate/ });

test("a double click starts one prediction, and a later click another", async () => {
  openStudio();
  await userEvent.type(screen.getByLabelText("Prompt"), "a red fox");
  await userEvent.dblClick(generate());
  expect(send).toHaveBeenCalledOnce();
  await userEvent.click(generate());
  expect(send).toHaveBeenCalledTimes(2);
});

test.each([
  ["Ctrl and Enter", { ctrlKey: true }, "Prompt"],
  ["Enter in a field of one line", {}, "Seed"],
])("%s held down submits once", async (_keys, modifier, field) => {
  openStudio();
  await userEvent.type(screen.getByLabelText("Prompt"), "a red fox");
  const target = screen.getByLabelText(field);
  const press = (repeat: boolean) => fireEvent.keyDown(target, { key: "Enter", repeat, ...modifier });
  press(false);
  // `false` means that the event is canceled. Otherwise, the browser itself would send the form.
  expect([press(true), press(true)]).toEqual([false, false]);
  expect(send.mock.calls.length).toBeLessThan(2);
});

test("Enter held down makes new lines in the prompt", () => {
  openStudio();
  expect(fireEvent.keyDown(screen.getByLabelText("Prompt"), { key: "Enter", repeat: true })).toBe(true);
});

const failed = jobOf(predictionOf({ status: "failed" }));

test.each(["Vary", "Upscale", "Run again"])(
  "a double click on %s, or Enter held down on it, runs it once",
  async (name) => {
    const ask = vi.fn<() => void>();
    render(
      <>
        <ToolModelsProvider models={{ upscale: "nightmareai/real-esrgan" }}>
          <ToolButtons item={toMediaItem(imageOf("red"))} onTool={ask} />
        </ToolModelsProvider>
        <FailureNote job={failed} ratio={1} onRetry={ask} onEdit={() => {}} />
      </>,
    );
    const button = screen.getByRole("button", { name });
    await userEvent.dblClick(button);
    expect(ask).toHaveBeenCalledOnce();
    expect(fireEvent.keyDown(button, { key: "Enter", repeat: true })).toBe(false);
  },
);

test("the second click of a double click neither deletes the image that moved under it nor makes it private", () => {
  const change = { onChange: vi.fn<() => void>(), onBeforeDelete: () => {}, onDelete: vi.fn<() => void>() };
  render(
    <>
      <ResultActions item={toMediaItem(imageOf("red"))} actions={ignoredActions} />
      <FavoriteShareDelete
        id="id-blue"
        item={{ kind: "image", favorite: false, share_token: "t", sharing: "allowed" }}
        {...change}
      />
    </>,
  );
  fireEvent.click(screen.getByTitle("Delete"), { detail: 2 });
  fireEvent.click(screen.getByRole("button", { name: "Make private" }), { detail: 2 });
  expect(send).not.toHaveBeenCalled();
  fireEvent.click(screen.getByTitle("Delete"), { detail: 1 });
  expect(send).toHaveBeenCalledOnce();
});
