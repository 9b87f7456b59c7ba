import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { FakeRecorder, stubMicrophone } from "../../../fake-microphone";
import { openStudio, promptInput } from "../../open-studio";
import { click, heard, isPressed, prepareSpeech, record, running, speakButton, type } from "./open-speech";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: () => {} }) }));

const { send, answer, requests } = prepareSpeech();

test("what is said between two presses is put at the cursor, and costs one request", async () => {
  const turnOff = stubMicrophone();
  openStudio({ owner: "ada" });
  type("A red fox at dusk");
  promptInput().setSelectionRange(9, 9);
  await record();
  expect(turnOff).not.toHaveBeenCalled();
  expect(requests()).toEqual([]);
  await click();
  await waitFor(() => expect(promptInput().value).toBe("A red fox in the snow. at dusk"));
  expect(turnOff).toHaveBeenCalled();
  expect(requests()).toEqual(["POST /api/uploads?name=Speech.wav", "POST /api/words", "GET /api/replicate/w1"]);
  expect(send.mock.calls[1]?.[1]).toMatchObject({
    body: '{"task":"transcribe","upload":"u1"}',
    headers: { "X-User": "ada" },
  });
  expect([document.activeElement, promptInput().selectionStart]).toEqual([promptInput(), 22]);
  await waitFor(async () => expect(await isPressed()).toBe(false));
  expect(screen.queryByRole("button", { name: "Cancel" })).toBeNull();
});

test("the selected text is replaced, also by the other model's answer", async () => {
  stubMicrophone();
  answer({ result: heard({ text: " blue", chunks: [] }) });
  openStudio();
  type("A red fox");
  promptInput().setSelectionRange(2, 5);
  await record();
  await click();
  await waitFor(() => expect(promptInput().value).toBe("A blue fox"));
});

test.each([
  ["Esc in the prompt", () => fireEvent.keyDown(promptInput(), { key: "Escape" })],
  ["Esc on the page", () => fireEvent.keyDown(document.body, { key: "Escape" })],
  ["Cancel", () => fireEvent.click(screen.getByRole("button", { name: "Cancel" }))],
  ["leaving the page", () => fireEvent(window, new Event("pagehide"))],
])("%s discards the recording, and the microphone is off", async (_, discard) => {
  const turnOff = stubMicrophone();
  openStudio();
  type("A fox");
  await record();
  discard();
  await waitFor(async () => expect(await isPressed()).toBe(false));
  expect([turnOff.mock.calls.length, requests(), promptInput().value]).toEqual([1, [], "A fox"]);
  await record();
  await click();
  await waitFor(() => expect(promptInput().value).toBe("A fox in the snow."));
});

test("Esc in another dialog is not for the recording", async () => {
  stubMicrophone();
  openStudio();
  await record();
  const field = document.body.appendChild(document.createElement("input"));
  fireEvent.keyDown(field, { key: "Escape" });
  field.remove();
  await waitFor(async () => expect(await isPressed()).toBe(true));
});

test("Esc discards the recording, and not an improvement of the prompt", async () => {
  stubMicrophone();
  answer({
    words: () => Response.json({ ...running, tool: "improve", status: "succeeded", output: ["A fox in snow"] }),
  });
  openStudio();
  type("A fox");
  fireEvent.click(await screen.findByRole("button", { name: "Improve" }));
  await waitFor(() => expect(promptInput().value).toBe("A fox in snow"));
  await record();
  fireEvent.keyDown(promptInput(), { key: "Escape" });
  await waitFor(async () => expect(await isPressed()).toBe(false));
  expect(promptInput().value).toBe("A fox in snow");
});

test("after a minute, the recording ends by itself and is sent", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"], shouldAdvanceTime: true });
  try {
    stubMicrophone();
    openStudio();
    await record();
    await act(async () => void (await vi.advanceTimersByTimeAsync(60_000)));
    await waitFor(() => expect(promptInput().value).toBe("in the snow."));
  } finally {
    vi.useRealTimers();
  }
});

test("a microphone that is unplugged ends the recording, and what was said is sent", async () => {
  stubMicrophone();
  const made: FakeRecorder[] = [];
  vi.stubGlobal(
    "MediaRecorder",
    class extends FakeRecorder {
      override start() {
        super.start();
        made.push(this);
      }
    },
  );
  openStudio();
  await record();
  act(() => made[0]?.stop());
  await waitFor(() => expect(promptInput().value).toBe("in the snow."));
});

test("Cancel while it is written down cancels the prediction", async () => {
  stubMicrophone();
  answer({ result: running });
  openStudio();
  type("A fox");
  await record();
  await click();
  await waitFor(() => expect(requests()).toContain("GET /api/replicate/w1"));
  const cancel = screen.getByRole("button", { name: "Cancel" });
  cancel.focus();
  fireEvent.click(cancel);
  expect(requests().at(-1)).toBe("DELETE /api/replicate/w1");
  expect([promptInput().value, document.activeElement]).toEqual(["A fox", await speakButton()]);
});

test("Cancel before there is a prediction deletes the upload, and then cancels what has started", async () => {
  stubMicrophone();
  let start: (response: Response) => void = () => {};
  answer({ words: () => new Promise((resolve) => (start = resolve)) });
  openStudio();
  await record();
  await click();
  await waitFor(() => expect(requests()).toContain("POST /api/words"));
  fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
  expect(requests().at(-1)).toBe("DELETE /api/uploads/u1");
  await act(async () => start(Response.json(running, { status: 201 })));
  await waitFor(() => expect(requests().at(-1)).toBe("DELETE /api/replicate/w1"));
  expect(requests().filter((request) => request.startsWith("DELETE"))).toHaveLength(2);
});

test("words do not take the focus from another field", async () => {
  stubMicrophone();
  openStudio();
  await record();
  await click();
  screen.getByLabelText("Steps").focus();
  await waitFor(() => expect(promptInput().value).toBe("in the snow."));
  expect(document.activeElement).toBe(screen.getByLabelText("Steps"));
});

test("without a model that writes down speech, there is no microphone", async () => {
  openStudio({ canSpeak: false });
  expect(await screen.findByRole("button", { name: "Style" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Speak" })).toBeNull();
});
