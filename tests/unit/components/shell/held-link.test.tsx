import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { HeldLink } from "@/components/shell/held-link";

const go = vi.fn<(href: string) => void>();
const note = () => screen.queryByText("You are offline. This opens when the network is back.");
let isOnline = true;

beforeEach(() => {
  go.mockReset();
  isOnline = false;
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  vi.spyOn(navigator, "onLine", "get").mockImplementation(() => isOnline);
});

function open(href: string, attributes = {}) {
  render(
    <>
      <HeldLink />
      <a
        href={href}
        onClick={(event) => {
          event.preventDefault();
          go(href);
        }}
        {...attributes}
      >
        Lead on
      </a>
    </>,
  );
}

const follow = () => userEvent.click(screen.getByRole("link", { name: "Lead on" }));
function comeBack() {
  isOnline = true;
  act(() => void window.dispatchEvent(new Event("online")));
}

test("without network a link waits, with words, and is followed when the network is back", async () => {
  open("/dashboard/history");
  await follow();
  expect([go.mock.calls, note() !== null]).toEqual([[], true]);
  comeBack();
  expect([go.mock.calls, note()]).toEqual([[["/dashboard/history"]], null]);
});

test("who would rather stay stays", async () => {
  open("/dashboard/history");
  await follow();
  await userEvent.click(screen.getByRole("button", { name: "Stay here" }));
  expect(note()).toBeNull();
  comeBack();
  expect(go).not.toHaveBeenCalled();
});

test.each([
  ["an image, which opens in the page", "/api/media/id-red", {}],
  ["another tab", "/s/t1", { target: "_blank" }],
  ["another site", "https://replicate.com/", {}],
  ["a place on the page", "#content", {}],
])("a link to %s is left alone", async (_what, href, attributes) => {
  open(href, attributes);
  await follow();
  expect([go.mock.calls, note()]).toEqual([[[href]], null]);
});

test("with a network nothing is held", async () => {
  isOnline = true;
  open("/dashboard/history");
  await follow();
  expect([go.mock.calls, note()]).toEqual([[["/dashboard/history"]], null]);
});

test("a server on the same machine is reached without any network", async () => {
  vi.stubGlobal("fetch", async () => new Response(null));
  open("/dashboard/history");
  await follow();
  await waitFor(() => expect(go.mock.calls).toEqual([["/dashboard/history"]]));
  expect(note()).toBeNull();
});

test("where a button leads to a page, the browser is kept from going there", async () => {
  const navigation = new EventTarget();
  vi.stubGlobal("navigation", navigation);
  open("/");
  const event = new Event("navigate", { cancelable: true });
  const destination = { sameDocument: false, url: "/dashboard/models" };
  Object.assign(event, { navigationType: "push", destination, downloadRequest: null });
  navigation.dispatchEvent(event);
  expect(event.defaultPrevented).toBe(true);
  await waitFor(() => expect(note()).toBeTruthy());
  vi.unstubAllGlobals();
});
