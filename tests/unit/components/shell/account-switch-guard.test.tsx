import { render } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { AccountSwitchGuard, SignedOutMarker } from "@/components/shell/account-switch-guard";

const refresh = vi.hoisted(() => vi.fn<() => void>());
vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh }) }));

beforeEach(() => {
  localStorage.clear();
  refresh.mockReset();
});

test.each(["storage", "pageshow", "visibilitychange"])(
  "the page refreshes when another user has signed in in another tab, noticed on %s",
  (name) => {
    const { rerender } = render(<AccountSwitchGuard userId="ada" />);
    const hear = () => (name === "visibilitychange" ? document : window).dispatchEvent(new Event(name));
    hear();
    expect(refresh).not.toHaveBeenCalled();
    localStorage.setItem("user", "bo");
    hear();
    expect(refresh).toHaveBeenCalledOnce();
    // After the refresh, the page has the id of the new user.
    rerender(<AccountSwitchGuard userId="bo" />);
    hear();
    expect([refresh.mock.calls.length, localStorage.getItem("user")]).toEqual([1, "bo"]);
  },
);

test("the page refreshes when its user has signed out in another tab", () => {
  render(<AccountSwitchGuard userId="ada" />);
  render(<SignedOutMarker />);
  window.dispatchEvent(new Event("storage"));
  expect(refresh).toHaveBeenCalledOnce();
});
