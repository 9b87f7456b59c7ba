import { render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { AccountMenu } from "@/components/shell/account-menu";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: () => {} }) }));

test("the menu reserves the exact space of the item that loads later", async () => {
  const act = async () => {};
  const { container } = render(
    <AccountMenu name="" isAdmin={false} email="me@darkroom.test" theme="dark" setTheme={act} signOut={act} />,
  );
  const place = container.querySelector("[data-place=shortcuts]");
  expect(place?.childElementCount).toBe(0);
  const item = await screen.findByRole("button", { name: "Keyboard shortcuts", hidden: true });
  expect(item.parentElement).toBe(place);
  const height = (element: Element | null) => /\bh-\d+\b/.exec(element?.className ?? "")?.[0];
  expect(height(place)).toBe(height(item));
});
