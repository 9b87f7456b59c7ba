import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { announce, LiveRegion } from "@/components/ui/live-region";

afterEach(cleanup);

test("a repeated text is added twice, so that both are read", () => {
  render(<LiveRegion />);
  act(() => announce("Saved"));
  const [first] = screen.getAllByText("Saved");
  act(() => announce("Saved"));
  const all = screen.getAllByText("Saved");
  expect(all).toHaveLength(2);
  expect(all[0]).toBe(first);
});

test("texts announced together are all shown, and old ones are removed", () => {
  render(<LiveRegion />);
  act(() => {
    for (const text of ["one", "two", "three", "four", "five", "six"]) announce(text);
  });
  expect(screen.getByRole("status").textContent).toBe("twothreefourfivesix");
});
