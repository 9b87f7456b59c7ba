import { render } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { Nobody, AccountSwitchGuard } from "@/components/shell/account-switch-guard";

const refresh = vi.hoisted(() => vi.fn<() => void>());
vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh }) }));

beforeEach(() => {
  localStorage.clear();
  refresh.mockReset();
});

test.each(["storage", "pageshow", "visibilitychange"])(
  "a page is drawn anew when another person has signed in elsewhere, as heard by %s",
  (name) => {
    const { rerender } = render(<AccountSwitchGuard id="ada" />);
    const hear = () => (name === "visibilitychange" ? document : window).dispatchEvent(new Event(name));
    hear();
    expect(refresh).not.toHaveBeenCalled();
    localStorage.setItem("person", "bo");
    hear();
    expect(refresh).toHaveBeenCalledOnce();
    // As the server draws it then.
    rerender(<AccountSwitchGuard id="bo" />);
    hear();
    expect([refresh.mock.calls.length, localStorage.getItem("person")]).toEqual([1, "bo"]);
  },
);

test("a page is drawn anew when its person has signed out elsewhere", () => {
  render(<AccountSwitchGuard id="ada" />);
  render(<Nobody />);
  window.dispatchEvent(new Event("storage"));
  expect(refresh).toHaveBeenCalledOnce();
});
