import { render } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { StudioBackground } from "@/components/shell/studio-background";

const retry = vi.hoisted(() => ({ stop: vi.fn<() => void>(), start: vi.fn<() => () => void>() }));
vi.mock("@/components/shell/retry-broken-images", () => ({ retryBrokenImages: retry.start }));
vi.mock("@/components/shell/shortcut-keys", () => ({ ShortcutKeys: () => <p>Shortcuts</p> }));
vi.mock("@/components/shell/account-switch-guard", () => ({
  AccountSwitchGuard: ({ userId }: { userId: string | null }) => <p>Guards {userId}</p>,
}));

test("every studio page handles shortcuts, guards the account, and loads broken images again until it is left", () => {
  retry.start.mockReturnValue(retry.stop);
  const { container, unmount } = render(<StudioBackground userId="ann" />);
  expect(container.textContent).toBe("ShortcutsGuards ann");
  expect(retry.start).toHaveBeenCalledOnce();
  expect(retry.stop).not.toHaveBeenCalled();
  unmount();
  expect(retry.stop).toHaveBeenCalledOnce();
});
