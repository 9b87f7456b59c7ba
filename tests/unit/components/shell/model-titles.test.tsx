import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { GalleryFilters } from "@/components/gallery/gallery-filters";
import { HistoryFilters } from "@/components/history/history-filters";
import { ModelsPlot } from "@/components/history/usage-charts";
import { SharedMediaPage } from "@/components/share/shared-media-page";

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

test("the totals and the public page show the title, and the full name on hover", () => {
  const total = { predictions: 1, failed: 0, images: 1, seconds: 1, usd: 0.01 };
  render(<ModelsPlot models={models.map((model) => ({ model, ...total }))} />);
  expect(screen.getByText("Stable Diffusion XL").title).toBe("stability-ai/sdxl");
  const address = { url: "/a", download_url: "/a?download", preview: { url: "/b", width: 9, height: 9 } };
  const facts = {
    prompt: "a fox",
    tool: null,
    model: "somebody/ideogram-v3",
    kind: "image" as const,
    content_type: "image/png",
    duration_ms: null,
    poster_url: null,
    width: 9,
    height: 9,
    bytes: 9,
  };
  render(<SharedMediaPage media={{ ...address, ...facts }} />);
  expect(screen.getAllByText("ideogram-v3").map(({ title }) => title)).toEqual(models.slice(0, 1).concat(models[0]!));
});
