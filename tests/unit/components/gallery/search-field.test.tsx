import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SearchField } from "@/components/gallery/search-field";

const router = vi.hoisted(() => ({ push: vi.fn<(to: string) => void>(), replace: vi.fn<(to: string) => void>() }));
vi.mock("next/navigation", () => ({ useRouter: () => router }));

beforeEach(() => vi.useFakeTimers({ shouldAdvanceTime: true }));
afterEach(() => {
  vi.useRealTimers();
  router.push.mockReset();
  router.replace.mockReset();
});

const field = () => screen.getByRole<HTMLInputElement>("searchbox", { name: "Search prompts" });
const type = (text: string) => userEvent.type(field(), text, { advanceTimers: vi.advanceTimersByTime });
const pause = () => act(() => void vi.advanceTimersByTime(300));
const to = (mock: typeof router.push) => mock.mock.calls.map(([address]) => address);

test("a search starts after a pause in typing, and all of it is one step of Back", async () => {
  const { rerender } = render(<SearchField filter={{ favorites: "1" }} found="40 images" />);
  await type("red");
  expect(router.push).not.toHaveBeenCalled();
  pause();
  expect(to(router.push)).toEqual(["/dashboard/gallery?favorites=1&q=red"]);
  rerender(<SearchField filter={{ q: "red", favorites: "1" }} found="3 images" />);
  await type(" fox");
  pause();
  expect(to(router.replace)).toEqual(["/dashboard/gallery?q=red+fox&favorites=1"]);
  expect(document.activeElement).toBe(field());
});

test("a late result does not replace newer text in the field", async () => {
  const { rerender } = render(<SearchField filter={{}} found="" />);
  await type("red");
  pause();
  await type(" fox");
  rerender(<SearchField filter={{ q: "red" }} found="" />);
  expect(field().value).toBe("red fox");
});

test("the field shows the words of the address after Back", async () => {
  const { rerender } = render(<SearchField filter={{}} found="" />);
  await type("red");
  pause();
  rerender(<SearchField filter={{ q: "red" }} found="" />);
  rerender(<SearchField filter={{}} found="" />);
  expect(field().value).toBe("");
});

test("without script it is a form that keeps the other filters", () => {
  render(<SearchField filter={{ q: "fox", model: "a/b" }} found="" />);
  const form = screen.getByRole("search");
  expect(form.getAttribute("action")).toBe("/dashboard/gallery");
  expect([...new FormData(form as HTMLFormElement).entries()]).toEqual([
    ["model", "a/b"],
    ["q", "fox"],
  ]);
});

test("offline the field says so, and the search starts when the network is back", async () => {
  render(<SearchField filter={{}} found="" />);
  const isOnline = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  await type("red");
  pause();
  expect(router.push).not.toHaveBeenCalled();
  expect(screen.getByRole("status").textContent).toMatch(/^You are offline/);
  isOnline.mockReturnValue(true);
  act(() => void window.dispatchEvent(new Event("online")));
  expect(to(router.push)).toEqual(["/dashboard/gallery?q=red"]);
  expect(screen.queryByRole("status")).toBeNull();
  isOnline.mockRestore();
});
