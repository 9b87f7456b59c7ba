import { act, cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { StartingToolButtons } from "@/components/viewer/tool-buttons";
import { toMediaItem } from "@/components/media/media-item";
import { predictionOf } from "../generate/fixtures";
import { imageOf } from "../gallery/image";

const push = vi.hoisted(() => vi.fn<(href: string) => void>());
vi.mock("next/navigation", () => ({ useRouter: () => ({ push }) }));

afterEach(() => {
  vi.unstubAllGlobals();
  push.mockReset();
});

/** Requests a variation. The response arrives when the returned function is called. */
async function vary() {
  const { promise, resolve } = Promise.withResolvers<Response>();
  vi.stubGlobal("fetch", () => promise);
  render(<StartingToolButtons item={toMediaItem(imageOf("red"))} />);
  await userEvent.click(screen.getByRole("button", { name: "Vary" }));
  return () => act(async () => resolve(Response.json(predictionOf(), { status: 201 })));
}

test("a tool leads to Generate once it has started", async () => {
  const respond = await vary();
  await respond();
  expect(push).toHaveBeenCalledExactlyOnceWith("/dashboard/generate");
});

test("a user who closes the image before the response stays on the page", async () => {
  const respond = await vary();
  cleanup();
  await respond();
  expect(push).not.toHaveBeenCalled();
});
