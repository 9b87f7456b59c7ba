import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { soundOf, stubMicrophone } from "../../../fake-microphone";
import { openStudio, promptInput } from "../../open-studio";
import { click, heard, isPressed, prepareSpeech, record, running, type } from "./open-speech";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: () => {} }) }));

const { send, answer, requests } = prepareSpeech();
const refused = (status: number, detail: string) => Response.json({ detail }, { status });

test.each([
  [
    "NotAllowedError",
    "The microphone is blocked. To allow it, press the icon beside the address of this page. Then try again.",
  ],
  ["NotFoundError", "No microphone was found. Connect a microphone, then try again."],
  ["NotReadableError", "The microphone is in use. Close the other app that uses the microphone, then try again."],
])("%s is explained", async (name, words) => {
  stubMicrophone({ open: () => Promise.reject(new DOMException("no", name)) });
  openStudio();
  type("A fox");
  await click();
  expect(await screen.findByText(words)).toBeTruthy();
  await waitFor(async () => expect(await isPressed()).toBe(false));
  expect([requests(), promptInput().value]).toEqual([[], "A fox"]);
  stubMicrophone();
  await record();
});

test.each([
  [true, "This browser cannot record. Update the browser, or use another one."],
  [false, "Recording needs a secure connection. Open this site at an address that begins with https://."],
])("without a microphone in the browser, on a page that is secure: %s", async (isSecure, words) => {
  vi.stubGlobal("isSecureContext", isSecure);
  openStudio();
  await click();
  expect(await screen.findByText(words)).toBeTruthy();
});

test.each([
  ["silence", soundOf(0.001)],
  ["a recording that is too short to be read", null],
])("%s is not sent", async (_, sound) => {
  stubMicrophone({ sound });
  openStudio();
  type("A fox");
  await record();
  await click();
  expect(await screen.findByText(/^No words were heard/)).toBeTruthy();
  expect([requests(), promptInput().value]).toEqual([[], "A fox"]);
  expect(screen.queryByRole("button", { name: "Send again" })).toBeNull();
});

test.each([{ transcription: "" }, { text: " ..." }, null])("a model that heard %j heard nothing", async (output) => {
  stubMicrophone();
  answer({ result: heard(output) });
  openStudio();
  type("A fox");
  await record();
  await click();
  expect(await screen.findByText(/^No words were heard/)).toBeTruthy();
  expect(promptInput().value).toBe("A fox");
  expect(screen.queryByRole("button", { name: "Send again" })).toBeNull();
});

test.each([
  [
    "an upload that is refused",
    { upload: () => refused(413, "The file is too large. The limit is 50 MB.") },
    /^The file is too large/,
  ],
  ["a lost sign-in", { upload: () => refused(401, "Sign in first.") }, "Sign in first."],
  ["a limit", { words: () => refused(429, "Wait 5 s.") }, "Limit reached. Wait 5 s."],
  ["a model that is not allowed", { words: () => refused(422, "None is allowed here.") }, /None is allowed here\.$/],
  [
    "a model that fails",
    { result: { ...running, status: "failed" } as const },
    /^The model stopped before it finished/,
  ],
])("%s is explained, and the recording can be sent again", async (_, answers, words) => {
  stubMicrophone();
  answer(answers);
  openStudio();
  type("A fox");
  await record();
  await click();
  expect(await screen.findByText(words)).toBeTruthy();
  expect(promptInput().value).toBe("A fox");
  // If a prediction was started, the server deletes the upload when the prediction has ended. Otherwise, the page deletes it.
  const isStarted = requests().includes("GET /api/replicate/w1");
  const isUploaded = requests().includes("POST /api/words");
  expect(requests().includes("DELETE /api/uploads/u1")).toBe(isUploaded && !isStarted);

  answer();
  fireEvent.click(screen.getByRole("button", { name: "Send again" }));
  await waitFor(() => expect(promptInput().value).toBe("A fox in the snow."));
  expect(screen.queryByText(words)).toBeNull();
});

test("a recording in which no words are heard the second time is not sent again", async () => {
  stubMicrophone();
  answer({ result: { ...running, status: "failed" } });
  openStudio();
  await record();
  await click();
  const again = await screen.findByRole("button", { name: "Send again" });
  answer({ result: heard(null) });
  fireEvent.click(again);
  expect(await screen.findByText(/^No words were heard/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Send again" })).toBeNull();
});

test("offline, the recording is kept", async () => {
  stubMicrophone();
  send.mockRejectedValue(new TypeError("network"));
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  openStudio();
  await record();
  await click();
  expect(await screen.findByText("You are offline. Try again when you are online.")).toBeTruthy();
  answer();
  fireEvent.click(screen.getByRole("button", { name: "Send again" }));
  await waitFor(() => expect(promptInput().value).toBe("in the snow."));
});
