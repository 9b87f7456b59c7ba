import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { ModelExample } from "@/components/models/model-example";
import type { ModelDetails } from "@/lib/models/listing";

const field = (name: string, kind: "longtext" | "file") => ({ name, label: name, kind, required: false, order: 0 });

function show(example: ModelDetails["example"], changes: Partial<ModelDetails> = {}) {
  const details: ModelDetails = {
    model: "a/b",
    title: "B",
    description: "",
    cover: null,
    runs: null,
    isAvailable: true,
    kinds: null,
    price: { per: "unknown", usd: 0.1 },
    isOfficial: false,
    hardware: null,
    links: [],
    versions: [],
    version: null,
    fields: [field("prompt", "longtext"), field("image", "file")],
    example,
    ...changes,
  };
  return render(<ModelExample details={details} />).container;
}

const tryThis = () => screen.queryByRole("link", { name: "Try this" })?.getAttribute("href");

test("an example shows its prompt and its files, and opens the form with its settings", () => {
  const files = [
    "https://replicate.delivery/a.webp",
    "https://replicate.delivery/b.mp4",
    "https://replicate.delivery/c.mp3",
  ];
  const container = show({ input: { prompt: "a red fox" }, files, text: null });
  expect(screen.getByText("a red fox")).toBeTruthy();
  expect(screen.getByRole("img", { name: "Example 1 by B" })).toBeTruthy();
  expect(container.querySelector("video")?.src).toBe(files[1]);
  expect(container.querySelector("audio")?.src).toBe(files[2]);
  expect(tryThis()).toBe("/dashboard/generate?model=a%2Fb&example=1");
});

test("a text is shown as such", () => {
  show({ input: { prompt: "hello" }, files: [], text: "<b>Hello</b>" });
  expect(screen.getByText("<b>Hello</b>")).toBeTruthy();
});

test("nothing can be tried if only files would be given, or if the model is not available", () => {
  show({
    input: { image: "https://replicate.delivery/a.png" },
    files: ["https://replicate.delivery/a.webp"],
    text: null,
  });
  expect(tryThis()).toBeUndefined();
  show({ input: { prompt: "a red fox" }, files: [], text: null }, { isAvailable: false });
  expect(tryThis()).toBeUndefined();
});

test("without an example, and with one of which nothing is left, there is no section", () => {
  expect(show(null).textContent).toBe("");
  expect(show({ input: { image: "https://replicate.delivery/a.png" }, files: [], text: null }).textContent).toBe("");
});
