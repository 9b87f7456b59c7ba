import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CopyButton } from "@/components/ui/copy-button";
import { LiveRegion } from "@/components/ui/live-region";

const writeText = vi.fn<(text: string) => Promise<void>>();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("navigator", { clipboard: { writeText } });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  writeText.mockReset();
});

async function copy() {
  render(
    <>
      <CopyButton text="a red fox" label="prompt" />
      <LiveRegion />
    </>,
  );
  const button = screen.getByRole("button", { name: "Copy prompt" });
  await act(async () => void fireEvent.click(button));
  return button;
}

test("it copies, says so, and shows a tick for a moment", async () => {
  writeText.mockResolvedValue();
  const button = await copy();
  expect(writeText).toHaveBeenCalledWith("a red fox");
  expect(screen.getByRole("status").lastChild?.textContent).toBe("Copied the prompt");
  expect(button.querySelector(".lucide-check")).toBeTruthy();
  act(() => void vi.advanceTimersByTime(2000));
  expect(button.querySelector(".lucide-check")).toBeNull();
});

test("with a label the button says what it copies", () => {
  render(<CopyButton text="/s/1" label="link" showLabel />);
  expect(screen.getByText("Copy link")).toBeTruthy();
});

test("it says when the browser blocks copying, and shows no tick", async () => {
  writeText.mockRejectedValue(new DOMException("denied", "NotAllowedError"));
  const button = await copy();
  expect(screen.getByRole("status").lastChild?.textContent).toBe(
    "Your browser blocked copying. Allow this site to use the clipboard, then try again.",
  );
  expect(button.querySelector(".lucide-check")).toBeNull();
});
