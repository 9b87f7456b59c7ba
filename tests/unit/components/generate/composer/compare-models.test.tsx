import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { LoadComparable } from "@/components/generate/composer/compare-models";
import type { LoadCompared } from "@/components/generate/composer/use-compare-models";
import { flux } from "../fixtures";
import { openPanel } from "../open-panel";
import { bodiesOf, openStudio, prepareStudio, promptInput, usage } from "../open-studio";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: () => {} }) }));

const send = prepareStudio();

const box = (name: string) => screen.findByRole<HTMLInputElement>("checkbox", { name, hidden: true });

test("one prompt goes to several models, in the nearest aspect ratio, and the cards share a row", async () => {
  openStudio();
  await userEvent.type(promptInput(), "a red fox");
  await userEvent.click(screen.getByRole("radio", { name: "16:9" }));
  await userEvent.click(await screen.findByRole("checkbox", { name: "FLUX.1 schnell", hidden: true }));
  await userEvent.click(screen.getByRole("button", { name: /Generate with 2 models/ }));
  await waitFor(() => expect(send).toHaveBeenCalledTimes(2));
  expect(bodiesOf(send)).toMatchObject([
    { model: "stability-ai/sdxl", input: { prompt: "a red fox", width: 1344 } },
    { model: "black-forest-labs/flux-schnell", input: { prompt: "a red fox", aspect_ratio: "16:9" } },
  ]);
  const row = within(screen.getByRole("region", { name: "Results" })).getByRole("listitem");
  expect(within(row).getAllByRole("article")).toHaveLength(2);
});

test("up to four models are compared: featured, run before, or just opened", async () => {
  const visited = { model: "a/found", fields: flux, version: null };
  const owner = openStudio({ ...visited, choices: [] });
  await screen.findByRole("button", { name: "Compare" });
  cleanup();
  const loadComparable = vi.fn<LoadComparable>(async (models) =>
    [...models, "a/used", "a/other"].map((id) => ({ id, title: id.toUpperCase() })),
  );
  openStudio({ owner, loadComparable });
  await openPanel("Compare");
  for (const name of ["FLUX.1 schnell", "A/FOUND", "A/USED"]) await userEvent.click(await box(name));
  expect(loadComparable).toHaveBeenCalledExactlyOnceWith(["stability-ai/sdxl", "a/found"]);
  expect((await box("A/OTHER")).disabled).toBe(true);
  expect(screen.getByText("with FLUX.1 schnell, A/FOUND and A/USED")).toBeTruthy();
  await userEvent.type(promptInput(), "a red fox");
  await userEvent.click(screen.getByRole("button", { name: /Generate with 4 models/ }));
  await waitFor(() => expect(send).toHaveBeenCalledTimes(4));
  const row = within(screen.getByRole("region", { name: "Results" })).getByRole("listitem");
  expect(within(row).getAllByRole("article")).toHaveLength(4);
});

test("the note says what the runs on all chosen models cost together, if it is known of each", async () => {
  const price = { per: "image" as const, usd: 0.04, tiers: [], date: "2026-01-01", source: "a test" };
  const loadCompared: LoadCompared = async (model) => ({ ratios: [], cost: model === "a/used" ? null : 0.003 });
  const loadComparable: LoadComparable = async () => [{ id: "a/used", title: "A/USED" }];
  openStudio({ usage: { usage, price, limit: null, before: null }, loadCompared, loadComparable });
  await openPanel("Compare");
  await screen.findByText(/^Cost: about \$0\.04\./);
  await userEvent.click(await box("FLUX.1 schnell"));
  await screen.findByText(/^Cost: about \$0\.043\./);
  await userEvent.click(await box("A/USED"));
  await waitFor(() => expect(screen.queryByText(/^About/)).toBeNull());
});

test("a model that needs more than a prompt is not offered for comparison", async () => {
  const image = { name: "image", label: "Image", kind: "file", required: true, order: 9 } as const;
  const owner = openStudio({ model: "a/editor", fields: [...flux, image] });
  await screen.findByRole("button", { name: "Compare" });
  cleanup();
  const loadComparable = vi.fn<LoadComparable>(async () => []);
  openStudio({ owner, loadComparable });
  await openPanel("Compare");
  expect(loadComparable).toHaveBeenCalledExactlyOnceWith(["stability-ai/sdxl"]);
});
