import { renderToString } from "react-dom/server";
import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { SharedMediaPage } from "@/components/share/shared-media-page";

const clip = {
  url: "/api/media/1?token=t",
  download_url: "/api/media/1?token=t&download",
  poster_url: "/api/media/1?token=t&size=poster",
  preview: null,
  prompt: "a red fox",
  tool: null,
  model: "wan-video/wan-2.2-t2v-fast",
  kind: "video" as const,
  content_type: "video/mp4",
  width: 1280,
  height: 720,
  duration_ms: 5000,
  bytes: 1_400_000,
  alt: null,
};

test("a shared video plays, also without script, and the page says what it is", () => {
  const html = renderToString(<SharedMediaPage media={clip} />);
  expect(html).toMatch(/<video [^>]*controls=""[^>]*src="\/api\/media\/1\?token=t"/);
  expect(html).toContain('poster="/api/media/1?token=t&amp;size=poster"');
  render(<SharedMediaPage media={clip} />);
  expect(screen.getByText("Shared video")).toBeTruthy();
  expect(screen.getByText(/The owner shared this video by link/)).toBeTruthy();
  const facts = screen
    .getAllByRole("term")
    .map((term) => `${term.textContent} ${term.nextElementSibling?.textContent}`);
  expect(facts).toEqual(["Model Wan 2.2 Text to Video", "Type MP4", "Duration 0:05", "Size 1280 × 720"]);
});

test("a shared file is a tile, with one download", () => {
  const model = { ...clip, kind: "model3d" as const, content_type: "model/gltf-binary", width: null, height: null };
  render(<SharedMediaPage media={{ ...model, duration_ms: null, poster_url: null }} />);
  expect(screen.getByText("GLB · 1.4 MB")).toBeTruthy();
  expect(screen.getByRole("link", { name: "Download" }).getAttribute("href")).toBe(clip.download_url);
});
