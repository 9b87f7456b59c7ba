import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ToolModelsProvider } from "@/components/jobs/tool-models";
import { History } from "@/components/history/history";
import { showDialogs } from "../dialogs";
import { savedImage, predictionOf } from "../generate/fixtures";
import { stubRequests } from "../stub-requests";

const push = vi.hoisted(() => vi.fn<(href: string) => void>());
vi.mock("next/navigation", () => ({ useRouter: () => ({ push, refresh: () => {} }) }));

const ask = vi.fn<(path: string, init?: RequestInit) => Promise<Response>>();
const done = predictionOf({
  status: "succeeded",
  output: [savedImage.url],
  images: [savedImage],
  completed_at: "2026-11-01T10:00:05.000Z",
  saved_at: "2026-11-01T10:00:06.000Z",
});

beforeEach(() => {
  showDialogs();
  stubRequests(ask);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetAllMocks();
});

async function openItem() {
  const { container } = render(
    <ToolModelsProvider models={{ upscale: "a/b" }}>
      <History owner="me" first={{ results: [done], next: null }} filter={{}} loadOlder={vi.fn<never>()}>
        Nothing yet
      </History>
    </ToolModelsProvider>,
  );
  await userEvent.click(screen.getByRole("img", { name: "a red fox" }));
  return { container, viewer: within(await screen.findByRole("dialog", { name: "Image" })) };
}

test("a deleted image disappears from its row, and comes back on undo", async () => {
  const { container, viewer } = await openItem();
  ask.mockResolvedValueOnce(new Response(null, { status: 204 }));
  await userEvent.click(viewer.getByRole("button", { name: "Delete" }));
  expect(screen.queryByRole("img")).toBeNull();
  expect(screen.getByText("Saved")).toBeTruthy();
  expect(container.querySelector(".animate-safelight")).toBeNull();
  ask.mockResolvedValueOnce(Response.json({ restored: [savedImage.id] }));
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(screen.getByRole("img", { name: "a red fox" })).toBeTruthy();
});

test("an image can be shared and enlarged from the history", async () => {
  const { viewer } = await openItem();
  ask.mockResolvedValueOnce(Response.json({ share_token: "t1" }));
  await userEvent.click(viewer.getByRole("button", { name: "Share" }));
  expect(viewer.getByRole("link", { name: "Open the public page" }).getAttribute("href")).toBe("/s/t1");
  ask.mockResolvedValueOnce(Response.json(done));
  await userEvent.click(viewer.getByRole("button", { name: "Upscale" }));
  expect(push).toHaveBeenCalledExactlyOnceWith("/dashboard/generate");
});
