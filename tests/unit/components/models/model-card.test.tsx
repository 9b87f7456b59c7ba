import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { type ListedModel, ModelCard } from "@/components/models/model-card";

const listing: ListedModel = {
  model: "google/nano-banana",
  title: "Nano Banana",
  description: "Changes images.",
  cover: null,
  runs: 48_210_377,
  isAvailable: true,
  kinds: { takes: ["text", "image"], makes: "image" },
  price: { per: "image", usd: 0.039, tiers: [], date: "2026-09-24", source: "a test" },
};

test("a card says what a model takes and makes, what it costs and how long it takes here", () => {
  const { container } = render(<ModelCard listing={{ ...listing, seconds: 9.84 }} />);
  expect(container.textContent).toContain("Takes Text, Image and makes Image");
  expect(container.textContent).toContain("about $0.039 per image");
  expect(container.textContent).toContain("usually 9.8 s · 48.2M runs");
  expect(screen.getByRole("link", { name: "Use Nano Banana" }).getAttribute("href")).toBe(
    "/dashboard/generate?model=google%2Fnano-banana",
  );
});

test("a model that takes nothing that can be named says only what it makes", () => {
  const { container } = render(<ModelCard listing={{ ...listing, kinds: { takes: [], makes: "3d" } }} />);
  expect(container.textContent).toContain("makes 3D");
  expect(container.textContent).not.toContain("Takes");
});

test("what is not known is left out, and a price that is not known is said to be so", () => {
  const unknown = { kinds: null, runs: null, price: { per: "unknown" as const, usd: 0.25 }, isAvailable: false };
  const { container } = render(<ModelCard listing={{ ...listing, ...unknown }} />);
  expect(container.textContent).toBe(
    "Nano Bananagoogle/nano-bananaChanges images.price unknown; each run counts as $0.25 toward today's limitNot available here",
  );
});
