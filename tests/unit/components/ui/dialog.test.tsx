import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Dialog } from "@/components/ui/dialog";

// jsdom has no methods that open and close a dialog. The e2e tests check how a browser moves the focus and handles Esc.
const showModal = vi.fn<(this: HTMLDialogElement) => void>(function () {
  this.open = true;
});
const close = vi.fn<(this: HTMLDialogElement) => void>(function () {
  this.open = false;
});

beforeEach(() => {
  Object.assign(HTMLDialogElement.prototype, { showModal, close });
  showModal.mockClear();
});
afterEach(cleanup);

function Example() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button onClick={() => setIsOpen(true)}>Delete</button>
      <Dialog open={isOpen} onClose={() => setIsOpen(false)} label="Delete this image">
        <button onClick={() => setIsOpen(false)}>Keep it</button>
      </Dialog>
    </>
  );
}

test("it opens as a modal with its name and shows nothing while it is closed", async () => {
  render(<Example />);
  expect(screen.queryByText("Keep it")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Delete" }));
  expect(screen.getByRole("dialog", { name: "Delete this image" })).toBeTruthy();
  expect(showModal).toHaveBeenCalledOnce();
});

test("focus returns to what opened it", async () => {
  render(<Example />);
  const opener = screen.getByRole("button", { name: "Delete" });
  await userEvent.click(opener);
  await userEvent.click(screen.getByRole("button", { name: "Keep it" }));
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(document.activeElement).toBe(opener);
});

test("focus returns even when the dialog leaves the page while it is open", async () => {
  const opener = document.body.appendChild(document.createElement("button"));
  opener.focus();
  const { unmount } = render(
    <Dialog open onClose={() => {}} label="Image">
      <button>Next</button>
    </Dialog>,
  );
  screen.getByRole("button", { name: "Next" }).focus();
  unmount();
  expect(document.activeElement).toBe(opener);
  opener.remove();
});

test("Esc asks the parent to close it", async () => {
  render(<Example />);
  await userEvent.click(screen.getByRole("button", { name: "Delete" }));
  const cancel = new Event("cancel", { cancelable: true });
  screen.getByRole("dialog").dispatchEvent(cancel);
  expect(cancel.defaultPrevented).toBe(true);
  await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("a click outside the box closes it, a click inside does not", async () => {
  render(<Example />);
  await userEvent.click(screen.getByRole("button", { name: "Delete" }));
  const dialog = screen.getByRole("dialog");
  vi.spyOn(dialog, "getBoundingClientRect").mockReturnValue(new DOMRect(100, 100, 200, 200));
  await userEvent.pointer({ keys: "[MouseLeft]", target: dialog, coords: { clientX: 150, clientY: 150 } });
  expect(screen.queryByRole("dialog")).toBe(dialog);
  await userEvent.pointer({ keys: "[MouseLeft]", target: dialog, coords: { clientX: 20, clientY: 150 } });
  expect(screen.queryByRole("dialog")).toBeNull();
});
