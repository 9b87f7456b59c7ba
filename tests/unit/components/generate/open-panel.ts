import { fireEvent, screen } from "@testing-library/react";

/** Opens the panel of a button. jsdom cannot open popovers, so this function only sends the event of an opened popover. */
export async function openPanel(name: string) {
  const button = await screen.findByRole("button", { name });
  const panel = document.getElementById(button.getAttribute("popovertarget") ?? "");
  if (panel) fireEvent(panel, Object.assign(new Event("toggle"), { newState: "open", oldState: "closed" }));
}
