import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Menu } from "@/components/ui/menu";

// jsdom has no methods that open and close popovers. The e2e tests check how popovers behave in a browser.
const hidePopover = vi.fn<() => void>();
const togglePopover = vi.fn<(this: HTMLElement, force: boolean) => void>(function (force) {
  this.style.display = force ? "block" : "none";
});

beforeEach(() => {
  Object.assign(HTMLElement.prototype, { hidePopover, togglePopover });
  hidePopover.mockClear();
  togglePopover.mockClear();
});
afterEach(cleanup);

function renderMenu() {
  render(
    <Menu label="Account" trigger="a">
      <p>Signed in</p>
      <button>Dark</button>
      <button disabled>Blue</button>
      <a href="#out">Sign out</a>
    </Menu>,
  );
  return screen.getByRole("button", { name: "Account" });
}

test("the button opens its panel without script", () => {
  const button = renderMenu();
  const panel = document.getElementById(button.getAttribute("popovertarget") ?? "");
  expect(panel?.getAttribute("popover")).toBe("auto");
  expect(panel?.textContent).toContain("Signed in");
});

test("arrow keys open it, move through the items and wrap around", async () => {
  renderMenu().focus();
  await userEvent.keyboard("{ArrowDown}");
  expect(togglePopover).toHaveBeenCalledWith(true);
  expect(document.activeElement?.textContent).toBe("Dark");
  await userEvent.keyboard("{ArrowDown}");
  expect(document.activeElement?.textContent).toBe("Sign out");
  await userEvent.keyboard("{ArrowDown}");
  expect(document.activeElement?.textContent).toBe("Dark");
  await userEvent.keyboard("{ArrowUp}");
  expect(document.activeElement?.textContent).toBe("Sign out");
});

test("choosing an item closes it, a click on text does not", async () => {
  renderMenu();
  await userEvent.click(screen.getByText("Signed in"));
  expect(hidePopover).not.toHaveBeenCalled();
  await userEvent.click(screen.getByText("Dark"));
  expect(hidePopover).toHaveBeenCalledOnce();
});
