"use client";

// This file is loaded on the first press of Speak.

import { type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";
import { findPrompt, promptToolClass } from "@/components/generate/composer/prompt-button";
import {
  explainMicrophone,
  type MicrophoneProblem,
  type MicrophoneRecording,
  recordMicrophone,
} from "@/components/generate/fields/files/record-microphone";
import { heardNothing } from "@/components/jobs/words/write-words";
import { announce } from "@/components/ui/live-region";
import { MAX_SPOKEN_SECONDS } from "@/lib/limits/default-limits";
import { insertWords, untilEditable } from "./insert-words";
import { RecordingMeter } from "./recording-meter";
import type { Phase } from "./speak-button";
import { toWav } from "./to-wav";
import { transcribe } from "./transcribe";

type SpeakSessionProps = {
  owner: string;
  /** The button Speak, with which the user began the session. */
  button: RefObject<HTMLButtonElement | null>;
  phase: Phase;
  onPhase: (phase: Phase) => void;
  /** Ends the session. If the recording is not transcribed yet, it is discarded. */
  onClose: () => void;
};

const writing = "Writing down what you said…";

/**
 * One recording: opens the microphone, records, and adds the spoken words to the prompt. If no words are added, a note says why.
 * A recording that could not be sent is kept, so that the user can send it again. Esc discards the recording.
 */
export function SpeakSession({ owner, button, phase, onPhase, onClose }: SpeakSessionProps) {
  const panel = useRef<HTMLDivElement>(null);
  const running = useRef<AbortController>(null);
  const [recording, setRecording] = useState<MicrophoneRecording | null>(null);
  /** A recording that could not be sent. */
  const [unsent, setUnsent] = useState<File | null>(null);
  const [note, setNote] = useState("Waiting for the microphone…");

  async function record(started: MicrophoneRecording | MicrophoneProblem, signal: AbortSignal) {
    if (signal.aborted) return;
    if ("remedy" in started) return explain(`${started.title}. ${started.remedy}`);
    setRecording(started);
    setNote(writing);
    onPhase("recording");
    announce("Recording. Press Speak again to stop, or Escape to discard.");
    const file = await started.file;
    if (signal.aborted) return;
    onPhase("writing");
    const sound = await toWav(file).catch(() => null);
    if (signal.aborted) return;
    if (sound) await send(sound, signal);
    else explain(heardNothing);
  }

  async function send(sound: File, signal: AbortSignal) {
    onPhase("writing");
    setUnsent(null);
    tell(writing);
    const result = await transcribe(sound, { owner, signal, onOffline: () => setNote("Reconnecting…") });
    if (signal.aborted) return;
    if ("message" in result) {
      if (result.message !== heardNothing) setUnsent(sound);
      return explain(result.message);
    }
    const prompt = findPrompt(button.current);
    if (prompt) await untilEditable(prompt, signal);
    if (signal.aborted) return;
    if (prompt) insertWords(prompt, result.text, isFocusHere(prompt));
    announce(`Added to the prompt: ${result.text}`);
    onClose();
  }

  function explain(message: string) {
    keepFocus();
    onPhase("over");
    tell(message);
  }

  function tell(message: string) {
    setNote(message);
    announce(message);
  }

  /**
   * Whether the prompt, the button Speak, its panel or nothing has the focus. If anything else has the focus, the focus must stay
   * there.
   */
  function isFocusHere(prompt: HTMLTextAreaElement) {
    const { activeElement } = document;
    return activeElement === prompt || activeElement === document.body || isOnTools(activeElement);
  }

  function isOnTools(element: Element | null) {
    return element === button.current || (panel.current?.contains(element) ?? false);
  }

  /** Moves the focus from the panel to the button Speak, because the button in the panel disappears. */
  function keepFocus() {
    if (isOnTools(document.activeElement)) button.current?.focus();
  }

  function cancel() {
    keepFocus();
    announce("The recording was discarded");
    onClose();
  }

  const cancelOnEscape = useEffectEvent((event: KeyboardEvent) => {
    const { target } = event;
    const isHere = target === document.body || (target instanceof Node && button.current?.form?.contains(target));
    if (event.key !== "Escape" || event.isComposing || phase === "over" || !isHere) return;
    // Without this, Esc would also undo an improvement of the prompt.
    event.preventDefault();
    cancel();
  });

  const begin = useEffectEvent(record);
  const leave = useEffectEvent(() => onClose());

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    running.current = controller;
    void recordMicrophone(MAX_SPOKEN_SECONDS * 1000, signal)
      .catch(explainMicrophone)
      .then((started) => begin(started, signal));
    window.addEventListener("keydown", (event) => cancelOnEscape(event), { signal, capture: true });
    // React does not unmount this component when the page closes, so the session is ended here.
    const close = () => {
      controller.abort();
      leave();
    };
    window.addEventListener("pagehide", close, { signal });
    return () => controller.abort();
  }, []);

  useEffect(() => {
    if (phase === "writing") recording?.stop();
  }, [phase, recording]);

  function sendAgain(sound: File) {
    button.current?.focus();
    if (running.current) void send(sound, running.current.signal);
  }

  return (
    <div
      ref={panel}
      className="order-last flex w-full flex-wrap items-center gap-x-3 px-3 pb-2 text-[13px] text-pretty text-muted"
    >
      {phase === "recording" && recording ? <RecordingMeter stream={recording.stream} /> : <p>{note}</p>}
      {phase === "over" ? null : (
        <button type="button" title="Discard the recording (Esc)" className={promptToolClass} onClick={cancel}>
          Cancel
        </button>
      )}
      {phase === "over" && unsent ? (
        <button type="button" className={promptToolClass} onClick={() => sendAgain(unsent)}>
          Send again
        </button>
      ) : null}
    </div>
  );
}
