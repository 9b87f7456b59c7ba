import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, vi } from "vitest";
import type { Prediction } from "@/lib/predictions/schema";
import { removeMicrophone } from "../../../fake-microphone";
import { predictionOf } from "../../fixtures";
import { prepareStudio, promptInput } from "../../open-studio";

const uploaded = () => Response.json({ id: "u1", url: "/api/uploads/u1", kind: "audio" }, { status: 201 });
export const running = predictionOf({ id: "w1", tool: "transcribe", status: "processing" });
export const heard = (output: unknown): Prediction => ({ ...running, status: "succeeded", output });

type Answers = { upload?: () => Response; words?: () => Response | Promise<Response>; result?: Prediction };

/** Before each test, sets a response to every request. The transcript of a recording is "in the snow." */
export function prepareSpeech() {
  const send = prepareStudio();
  removeMicrophone();

  /** Sets the responses to the upload, to the POST to /api/words, and to each GET of the prediction. */
  function answer({
    upload = uploaded,
    words = () => Response.json(running, { status: 201 }),
    result = heard({ transcription: " in the snow." }),
  }: Answers = {}) {
    send.mockImplementation(async (path, init) => {
      if (init?.method === "DELETE") return new Response(null, { status: 204 });
      if (String(path).startsWith("/api/uploads?")) return upload();
      return path === "/api/words" ? words() : Response.json(result);
    });
  }

  beforeEach(() => {
    vi.spyOn(Date, "now").mockImplementation(() => now);
    // jsdom has no `execCommand`.
    Object.assign(document, { execCommand: () => false });
    answer();
  });

  const requests = () => send.mock.calls.map(([path, init]) => `${init?.method ?? "GET"} ${String(path)}`);
  return { send, answer, requests };
}

let now = 0;
/** Moves the clock forward, so that the next press is not the second press of a double click. */
export const wait = (ms = 1000) => void (now += ms);
export const speakButton = () => screen.findByRole("button", { name: "Speak" });
export const isPressed = async () => (await speakButton()).getAttribute("aria-pressed") === "true";

/** Types a text. The cursor is then at the end of the text. */
export function type(text: string) {
  fireEvent.input(promptInput(), { target: { value: text } });
}

/** Presses the button Speak. The returned `release` ends the press after `ms` milliseconds. */
export async function press(ms = 50) {
  wait();
  const button = await speakButton();
  fireEvent.pointerDown(button, { button: 0 });
  return {
    release() {
      wait(ms);
      fireEvent.pointerUp(button);
      fireEvent.click(button);
    },
  };
}

export async function click() {
  (await press()).release();
}

export async function record() {
  await click();
  await waitFor(async () => {
    if (!(await isPressed())) throw new Error("The recording has not begun.");
  });
}
