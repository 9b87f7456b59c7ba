import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { GalleryFilters } from "@/components/gallery/gallery-filters";
import { HistoryFilters } from "@/components/history/history-filters";
import { ModelsPlot } from "@/components/history/usage-charts";
import { ModelTitlesProvider, useModelTitle } from "@/components/jobs/model-titles";
import { SharedMediaPage } from "@/components/share/shared-media-page";
import { sharedImage } from "../generate/fixtures";

const models = ["somebody/ideogram-v3", "stability-ai/sdxl"];
const named = ["Any", "ideogram-v3", "Stable Diffusion XL"];
const options = () => screen.getAllByRole("option").map(({ textContent }) => textContent);

test("both filters name models by their titles", () => {
  const { unmount } = render(<HistoryFilters filter={{}} models={models} />);
  expect(options()).toEqual(named);
  unmount();
  render(<GalleryFilters filter={{}} choices={{ kinds: [], models, tools: [] }} />);
  expect(options()).toEqual(named);
});

test("a filter lists its current value even when no image has it", () => {
  render(<GalleryFilters filter={{ model: "a/fox", tool: "upscale" }} choices={{ kinds: [], models, tools: [] }} />);
  expect(options()).toEqual(["Any", "fox", ...named.slice(1), "Any", "Upscale"]);
});

test("in the browser, titles come from the page; other models have their names", () => {
  const Titles = () => {
    const modelTitle = useModelTitle();
    return (
      <p>{["stability-ai/sdxl", "stability-ai/sdxl:7762fd07", "a/fox", "constructor"].map(modelTitle).join(", ")}</p>
    );
  };
  render(
    <ModelTitlesProvider titles={{ "stability-ai/sdxl": "Stable Diffusion XL" }}>
      <Titles />
    </ModelTitlesProvider>,
  );
  expect(screen.getByText("Stable Diffusion XL, Stable Diffusion XL, fox, constructor")).toBeTruthy();
});

test("the totals and the public page show the title, and the full name on hover", () => {
  const total = { predictions: 1, failed: 0, images: 1, seconds: 1, usd: 0.01 };
  render(<ModelsPlot models={models.map((model) => ({ model, ...total }))} />);
  expect(screen.getByText("Stable Diffusion XL").title).toBe("stability-ai/sdxl");
  render(<SharedMediaPage media={sharedImage({ model: "somebody/ideogram-v3" })} />);
  expect(screen.getAllByText("ideogram-v3").map(({ title }) => title)).toEqual(models.slice(0, 1).concat(models[0]!));
});
