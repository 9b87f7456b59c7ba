import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { ResultActions } from "@/components/generate/feed/result-actions";
import { ToolModelsProvider } from "@/components/jobs/tool-models";
import { largestScale } from "@/components/jobs/tools";
import { toMediaItem } from "@/components/media/media-item";
import { ToolButtons } from "@/components/viewer/tool-buttons";
import { imageOf } from "../gallery/image";
import { ignoredActions } from "../generate/feed/card-actions";

const large = toMediaItem({ ...imageOf("large"), width: 4000, height: 3000 });
const words = "Too large to upscale: a result of 8000 × 6000 pixels could not be saved.";
const models = { upscale: "nightmareai/real-esrgan" };
const button = () => screen.getByRole<HTMLButtonElement>("button", { name: "Upscale" });

test("the largest scale is the one whose result can still be saved", () => {
  expect(largestScale(3000, 2500)).toBe(2);
  expect(largestScale(3001, 2500)).toBe(1.9);
});

test("the viewer says why an image cannot be upscaled, and does not offer it without a model", () => {
  const buttons = <ToolButtons item={large} onTool={() => {}} />;
  const { rerender } = render(<ToolModelsProvider models={models}>{buttons}</ToolModelsProvider>);
  const described = screen.getByRole<HTMLButtonElement>("button", { name: "Upscale", description: words });
  expect(described.disabled).toBe(true);
  expect(screen.getByText(words)).toBeTruthy();
  rerender(<ToolModelsProvider models={{}}>{buttons}</ToolModelsProvider>);
  expect(screen.queryByRole("button", { name: "Upscale" })).toBeNull();
  expect(screen.queryByText(words)).toBeNull();
  expect(screen.getByRole("button", { name: "Vary" })).toBeTruthy();
});

test("the bar on an image says so, too", () => {
  const { rerender } = render(<ResultActions item={large} actions={ignoredActions} />, {
    wrapper: ({ children }) => <ToolModelsProvider models={models}>{children}</ToolModelsProvider>,
  });
  expect([button().disabled, button().parentElement?.title]).toEqual([true, words]);
  rerender(<ResultActions item={toMediaItem(imageOf("red"))} actions={ignoredActions} />);
  expect([button().disabled, button().title]).toEqual([false, "Upscale"]);
});

test("a tool is offered only for images that it can work on", () => {
  const unsaved = { ...large, id: null, width: null, height: null, prompt: "" };
  render(
    <ToolModelsProvider models={models}>
      <ToolButtons item={unsaved} onTool={() => {}} />
    </ToolModelsProvider>,
  );
  expect(screen.queryByRole("button")).toBeNull();
});
