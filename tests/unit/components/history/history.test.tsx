import { act, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { loadDraft } from "@/components/jobs/drafts/draft-storage";
import { History } from "@/components/history/history";
import type { Prediction } from "@/lib/predictions/schema";
import { savedImage, predictionOf } from "../generate/fixtures";
import { WithTitles } from "../with-titles";

const router = vi.hoisted(() => ({ push: vi.fn<(href: string) => void>(), refresh: vi.fn<() => void>() }));
vi.mock("next/navigation", () => ({ useRouter: () => router }));

const send = vi.fn<typeof fetch>();
type LoadOlder = Parameters<typeof History>[0]["loadOlder"];

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal("fetch", send);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.resetAllMocks();
});

const id = (n: number) => `0b9f6f0e-5f1c-4c7e-9d6e-2f6f7c1f0a0${n}`;
const saved = { completed_at: "2026-11-01T10:00:05.000Z", saved_at: "2026-11-01T10:00:06.000Z" };
const done = predictionOf({ id: id(1), status: "succeeded", images: [savedImage], ...saved });
const failed = predictionOf({
  version: "7762",
  id: id(2),
  status: "failed",
  error_code: "model_failed",
  error: "CUDA says no",
  input: { prompt: "a blue fox" },
});
const running = predictionOf({ id: id(3), status: "processing", input: { prompt: "a grey fox" } });

function page(results: Prediction[], loadOlder: LoadOlder = vi.fn<LoadOlder>(), next: string | null = null) {
  return (
    <History owner="me" first={{ results, next }} filter={{ status: "failed" }} loadOlder={loadOlder}>
      Nothing yet
    </History>
  );
}

function open(results: Prediction[], next: string | null = null) {
  const loadOlder = vi.fn<LoadOlder>();
  const { rerender } = render(page(results, loadOlder, next), { wrapper: WithTitles });
  return { loadOlder, redraw: (newer: Prediction[]) => rerender(page(newer, loadOlder, next)) };
}

const row = (words: string) => {
  const found = screen.getAllByRole("listitem").find((item) => item.textContent.includes(words));
  if (!found) throw new Error(`No row says ${words}.`);
  return within(found);
};
/** Gives the window focus, as when the user returns from another tab. */
async function focusWindow() {
  await vi.dynamicImportSettled();
  await act(async () => window.dispatchEvent(new Event("focus")));
}
const posted = () => send.mock.calls.filter(([, init]) => init?.method === "POST");

test("a row shows the prompt and the status, and links to the images", () => {
  open([done]);
  expect(row("a red fox").getByText("Saved")).toBeTruthy();
  expect(row("a red fox").getByText("Stable Diffusion XL").title).toBe("stability-ai/sdxl");
  const image = row("a red fox").getByRole("img", { name: "a red fox" });
  expect(image.getAttribute("src")).toBe(savedImage.thumb_url);
  expect(image.closest("a")?.getAttribute("href")).toBe(savedImage.url);
});

test("a right-to-left prompt is isolated from the text around it", () => {
  open([predictionOf({ id: id(1), status: "canceled", input: { prompt: "שועל אדום" } })]);
  expect(screen.getByText("שועל אדום").tagName).toBe("BDI");
});

test("a failure shows its remedy, and the details show the model's error", () => {
  open([failed]);
  expect(row("a blue fox").getByText("The model stopped before it finished.", { exact: false })).toBeTruthy();
  expect(row("a blue fox").getByText("Try again, or change a setting.")).toBeTruthy();
  expect(row("a blue fox").getByText("CUDA says no")).toBeTruthy();
});

test("Run again sends the same request with a new key, and the new row comes first", async () => {
  send.mockImplementation(async () => Response.json({ detail: "Wait a moment." }, { status: 429 }));
  const upscaled = { ...failed, tool: "upscale", parent_image_id: savedImage.id };
  open([upscaled, done]);
  await userEvent.click(row("a blue fox").getByRole("button", { name: "Run again" }));
  await userEvent.click(row("Wait a moment").getByRole("button", { name: "Run again" }));
  const body = {
    model: "stability-ai/sdxl:7762",
    input: { prompt: "a blue fox" },
    tool: "upscale",
    parent: savedImage.id,
  };
  expect(posted().map(([, init]) => JSON.parse(String(init?.body)) as unknown)).toEqual([body, body]);
  expect(new Set(posted().map(([, init]) => new Headers(init?.headers).get("Idempotency-Key"))).size).toBe(2);
  const [first, ...others] = screen.getAllByRole("listitem");
  expect(first?.textContent).toContain("Limit reached. Wait a moment.");
  expect(others).toHaveLength(2);
});

test("a request that the model refuses cannot be run again", () => {
  open([{ ...failed, error_code: "provider_refused" }]);
  expect(screen.queryByRole("button", { name: "Run again" })).toBeNull();
});

test("Edit settings opens Generate with the settings", async () => {
  open([failed]);
  const link = screen.getByRole("link", { name: "Edit settings" });
  await userEvent.click(link);
  expect(link.getAttribute("href")).toBe("/dashboard/generate?model=stability-ai/sdxl:7762");
  expect(router.push).toHaveBeenCalledExactlyOnceWith(link.getAttribute("href"));
  const form = { owner: "me", model: "stability-ai/sdxl:7762", version: "7762" };
  expect(loadDraft(form)).toMatchObject({ prompts: { prompt: "a blue fox" }, settings: {}, isOtherVersion: false });
});

test("a running prediction is polled and can be canceled, and the totals refresh when it ends", async () => {
  vi.useFakeTimers();
  const { promise, resolve } = Promise.withResolvers<Response>();
  send.mockImplementation(async (address, init) =>
    init?.method === "DELETE" ? Response.json({ ...running, status: "canceled" }) : promise,
  );
  open([running]);
  await act(() => vi.dynamicImportSettled());
  expect(row("a grey fox").getByText(/^Generating/)).toBeTruthy();
  expect(send.mock.calls.map(([address]) => address)).toEqual(["/api/replicate?status=active"]);
  await act(async () => row("a grey fox").getByRole("button", { name: "Cancel" }).click());
  expect(send).toHaveBeenLastCalledWith(`/api/replicate/${running.id}`, { method: "DELETE" });
  expect(row("a grey fox").getByText("Canceled")).toBeTruthy();
  expect(router.refresh).not.toHaveBeenCalled();
  await act(() => vi.advanceTimersByTimeAsync(1500));
  expect(router.refresh).toHaveBeenCalledOnce();
  resolve(Response.json({ results: [] }));
});

test("older rows are added below, once each, and the link without script keeps the filter", async () => {
  const { loadOlder } = open([done], "c1");
  loadOlder
    .mockRejectedValueOnce(new TypeError("network"))
    .mockResolvedValueOnce({ results: [done, failed], next: null });
  const link = screen.getByRole("link", { name: "Show older" });
  expect(link.getAttribute("href")).toBe("/dashboard/history?status=failed&cursor=c1");
  await userEvent.click(link);
  await userEvent.click(screen.getByRole("link", { name: "Try again" }));
  expect(loadOlder).toHaveBeenLastCalledWith({ cursor: "c1", filter: { status: "failed" } });
  expect(screen.getAllByRole("listitem")).toHaveLength(2);
  expect(screen.queryByRole("link", { name: "Show older" })).toBeNull();
});

test("a signed-out user stays on the page, and older rows load after sign-in in another tab", async () => {
  const { loadOlder } = open([done], "c1");
  loadOlder.mockResolvedValueOnce(null).mockResolvedValueOnce({ results: [failed], next: null });
  send.mockImplementation(() => new Promise(() => {}));
  await userEvent.click(screen.getByRole("link", { name: "Show older" }));
  expect(screen.getByText("Sign in to see older runs.")).toBeTruthy();
  const link = screen.getByRole("link", { name: "Sign in" });
  expect(link.getAttribute("href")).toBe("/dashboard/history?status=failed&cursor=c1");
  await focusWindow();
  expect(screen.getAllByRole("listitem")).toHaveLength(2);
});

test("older rows that failed to load are loaded when the network is back", async () => {
  const { loadOlder } = open([done], "c1");
  loadOlder.mockRejectedValueOnce(new TypeError("network")).mockResolvedValueOnce({ results: [failed], next: null });
  send.mockImplementation(() => new Promise(() => {}));
  await userEvent.click(screen.getByRole("link", { name: "Show older" }));
  await act(async () => window.dispatchEvent(new Event("online")));
  expect(screen.getAllByRole("listitem")).toHaveLength(2);
});

test("a prediction started elsewhere refreshes the page once, and is then polled", async () => {
  const { redraw } = open([]);
  expect(screen.getByText("Nothing yet")).toBeTruthy();
  send.mockImplementation(async () => Response.json({ results: [running] }));
  await focusWindow();
  await focusWindow();
  expect(router.refresh).toHaveBeenCalledOnce();
  expect(screen.queryByRole("listitem")).toBeNull();
  send.mockImplementation(() => new Promise(() => {}));
  redraw([running]);
  await act(() => vi.dynamicImportSettled());
  expect(row("a grey fox").getByText(/^Generating/)).toBeTruthy();
  expect(send).toHaveBeenLastCalledWith("/api/replicate?status=active", expect.anything());
});

test("predictions already on the page do not refresh it", async () => {
  open([done]);
  send.mockImplementation(async () => Response.json({ results: [done] }));
  await focusWindow();
  expect([send.mock.calls.length, router.refresh.mock.calls.length]).toEqual([1, 0]);
});
