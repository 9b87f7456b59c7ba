import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { Collections } from "@/components/models/collections";

const collections = [{ slug: "official", name: "Official models", description: "" }];
const current = () => document.querySelector("[aria-current=page]")?.textContent;

test("the current collection is marked, and none during a search", () => {
  const { rerender } = render(<Collections collections={collections} current="" />);
  expect(current()).toBe("Featured");
  rerender(<Collections collections={collections} current="official" />);
  expect(current()).toBe("Official models");
  rerender(<Collections collections={collections} current={null} />);
  expect(current()).toBeUndefined();
  expect(screen.getAllByRole("link")).toHaveLength(2);
});
