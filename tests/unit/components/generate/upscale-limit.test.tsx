import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { ResultBar } from "@/components/generate/feed/result-bar";
import { whyNotUpscale } from "@/components/viewer/upscale-limit";
import { ViewerActions } from "@/components/viewer/viewer-actions";
import { toMediaItem } from "@/components/media/item";
import { imageOf } from "../gallery/image";

const ignore = () => {};
const large = toMediaItem({ ...imageOf("large"), width: 3000, height: 2000 });
const words = "Too large to upscale: with 6000 × 4000 pixels it could not be kept.";

test("only an image whose result can be kept is made larger", () => {
  expect(whyNotUpscale({ width: 2000, height: 2000 })).toBeNull();
  expect(whyNotUpscale({ width: 2001, height: 2000 })).toContain("4002 × 4000");
  expect(whyNotUpscale({ width: null, height: null })).toBeNull();
});

test("the viewer says beforehand why an image is not made larger", () => {
  render(<ViewerActions item={large} onVary={null} onUpscale={ignore} />);
  const button = screen.getByRole<HTMLButtonElement>("button", { name: "Upscale", description: words });
  expect(button.disabled).toBe(true);
  expect(screen.getByText(words)).toBeTruthy();
});

test("the bar on an image does so, too, and where nothing is made larger nothing is said", () => {
  const own = { onOpen: ignore, onChange: ignore, onDelete: ignore };
  const actions = { ...own, onRemix: ignore, onUseSeed: ignore, onVary: null, onUpscale: ignore };
  const { rerender } = render(<ResultBar item={large} {...actions} />);
  const button = () => screen.getByRole<HTMLButtonElement>("button", { name: "Upscale" });
  expect([button().disabled, button().parentElement?.title]).toEqual([true, words]);
  rerender(<ResultBar item={toMediaItem(imageOf("red"))} {...actions} />);
  expect([button().disabled, button().parentElement?.title]).toEqual([false, "Upscale"]);
  render(<ViewerActions item={large} onVary={null} onUpscale={null} />);
  expect(screen.queryByText(words)).toBeNull();
});
