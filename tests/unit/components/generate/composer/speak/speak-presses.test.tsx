import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { stubMicrophone } from "../../../fake-microphone";
import { openStudio, promptInput } from "../../open-studio";
import { click, isPressed, prepareSpeech, press, record, speakButton, wait } from "./open-speech";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: () => {} }) }));

prepareSpeech();

test("while the button is held, it records, and stops on release", async () => {
  stubMicrophone();
  openStudio();
  const { release } = await press(2000);
  await waitFor(async () => expect(await isPressed()).toBe(true));
  release();
  await waitFor(() => expect(promptInput().value).toBe("in the snow."));
});

test("a hold that ends before the browser has opened the microphone goes on until the next press", async () => {
  let allow = () => {};
  stubMicrophone({ open: () => new Promise<void>((resolve) => (allow = resolve)) });
  openStudio();
  const { release } = await press(2000);
  expect(await screen.findByText("Waiting for the microphone…")).toBeTruthy();
  release();
  expect((await speakButton()).getAttribute("aria-disabled")).toBe("false");
  await act(async () => allow());
  await waitFor(async () => expect(await isPressed()).toBe(true));
  await click();
  await waitFor(() => expect(promptInput().value).toBe("in the snow."));
});

test.each(["Enter", " "])("the key %j toggles, and a longer press is a hold", async (key) => {
  stubMicrophone();
  openStudio();
  const button = await speakButton();
  button.focus();
  const down = (init = {}) => fireEvent.keyDown(button, { key, ...init });
  wait();
  expect(down()).toBe(false);
  fireEvent.keyUp(button, { key });
  await waitFor(async () => expect(await isPressed()).toBe(true));
  wait();
  down();
  fireEvent.keyUp(button, { key });
  await waitFor(() => expect(promptInput().value).toBe("in the snow."));

  wait();
  button.focus();
  down();
  await waitFor(async () => expect(await isPressed()).toBe(true));
  wait();
  down({ repeat: true });
  await waitFor(async () => expect(await isPressed()).toBe(true));
  fireEvent.keyUp(button, { key });
  await waitFor(() => expect(promptInput().value).toBe("in the snow. in the snow."));
});

test("Ctrl+Enter is for the form", async () => {
  stubMicrophone();
  openStudio();
  // This recording loads the code that handles the presses.
  await record();
  fireEvent.keyDown(document.body, { key: "Escape" });
  wait();
  fireEvent.keyDown(await speakButton(), { key: "Enter", ctrlKey: true });
  expect(screen.queryByRole("button", { name: "Cancel" })).toBeNull();
  expect(await isPressed()).toBe(false);
});

test("a double click is one press, and a click of assistive technology is one too", async () => {
  stubMicrophone();
  openStudio();
  // This recording loads the code that handles the presses.
  await record();
  fireEvent.keyDown(document.body, { key: "Escape" });
  const button = await speakButton();
  wait();
  for (let count = 0; count < 2; count += 1) {
    fireEvent.pointerDown(button, { button: 0 });
    fireEvent.pointerUp(button);
    fireEvent.click(button);
  }
  await waitFor(async () => expect(await isPressed()).toBe(true));
  wait();
  fireEvent.click(button);
  await waitFor(() => expect(promptInput().value).toBe("in the snow."));
});
