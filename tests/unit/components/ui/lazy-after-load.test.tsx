import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { lazyAfterLoad } from "@/components/ui/lazy-after-load";

test("nothing is rendered until the component has loaded, and then it gets its props", async () => {
  const Greeting = lazyAfterLoad(async () => ({ name }: { name: string }) => <p>Hello {name}</p>);
  const { container, rerender } = render(<Greeting name="Ada" />);
  expect(container.textContent).toBe("");
  expect(await screen.findByText("Hello Ada")).toBeTruthy();
  rerender(<Greeting name="Grace" />);
  expect(screen.getByText("Hello Grace")).toBeTruthy();
});

test("a component that fails to load leaves the page as it is", async () => {
  const load = Promise.reject<() => null>(new TypeError("network"));
  const Never = lazyAfterLoad(() => load);
  const { container } = render(<Never />);
  await load.catch(() => {});
  expect(container.textContent).toBe("");
});
