import { fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { History } from "@/components/history/history";
import { savedImage, predictionOf } from "../generate/fixtures";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: () => {}, refresh: () => {} }) }));
vi.mock("@/components/viewer/jobs-viewer", () => Promise.reject(new TypeError("network")));
afterEach(() => vi.unstubAllGlobals());

test("when the viewer fails to load, the image opens as a file and the list stays", async () => {
  const open = vi.fn<typeof window.open>();
  vi.stubGlobal("open", open);
  const saved = { completed_at: "2026-11-01T10:00:05.000Z", saved_at: "2026-11-01T10:00:06.000Z" };
  const done = predictionOf({ status: "succeeded", images: [savedImage], ...saved });
  render(
    <History owner="me" first={{ results: [done], next: null }} filter={{}} loadOlder={vi.fn<never>()}>
      Nothing yet
    </History>,
  );
  fireEvent.click(screen.getByRole("img", { name: "a red fox" }));
  await vi.waitFor(() => expect(open).toHaveBeenCalledExactlyOnceWith(savedImage.url, "_self"));
  expect(screen.getByRole("list", { name: "Runs" })).toBeTruthy();
});
