"use client";

import { type KeyboardEvent, type PointerEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { Mic, Square } from "lucide-react";
import { promptToolClass } from "@/components/generate/composer/prompt-button";
import { useOnDemand } from "@/components/ui/lazy-after-load";

/**
 * The phases of a session. `asking`: the browser opens the microphone, and may ask the user for permission. `writing`: a model
 * transcribes the recording. `over`: the session has ended, but may still show a message.
 */
export type Phase = "asking" | "recording" | "writing" | "over";

const loadSession = () => import("./speak-session").then((file) => file.SpeakSession);

/** If a press is longer than this (ms), the recording ends when the button is released. */
const hold = 500;
/** A second press within this time (ms) is ignored, because it belongs to a double click. */
const doubleClick = 300;

/**
 * Records what the user says, to add it to the prompt of the form. Records from one press to the next, or while the button is
 * held down. `SpeakSession`, which records, is loaded on the first press. Each recording is a new session.
 */
export function SpeakButton({ owner }: { owner: string }) {
  const { Part, hasFailed, start } = useOnDemand(loadSession);
  const button = useRef<HTMLButtonElement>(null);
  /** `at`: the time when the session began. */
  const [session, setSession] = useState<{ id: number; at: number; phase: Phase } | null>(null);
  const phase = session?.phase ?? "over";
  /** The time when the user pressed the button to start the recording. Null after the button was released. */
  const pressedAt = useRef<number>(null);
  /** True if a press was handled. Then the browser's click event, which follows the press, must be ignored. */
  const isHandled = useRef(false);

  function setPhase(next: Phase) {
    setSession((before) => before && { ...before, phase: next });
  }

  function press() {
    isHandled.current = true;
    const at = Date.now();
    if (session && at - session.at < doubleClick) return;
    if (phase === "recording") return setPhase("writing");
    if (phase === "writing") return;
    if (phase === "asking" && Part) return setSession(null);
    pressedAt.current = at;
    setSession({ id: (session?.id ?? 0) + 1, at, phase: "asking" });
    start();
  }

  const release = useEffectEvent(() => {
    const isHeld = pressedAt.current !== null && Date.now() - pressedAt.current > hold;
    pressedAt.current = null;
    // If the recording has not begun yet, because the browser still asks for permission, the release does not end it.
    if (isHeld && phase === "recording") setPhase("writing");
  });

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    for (const type of ["pointerup", "pointercancel", "keyup"]) {
      window.addEventListener(type, () => release(), { signal });
    }
    // The user may release the button outside the page, for example on the browser's question for permission. Then the page gets
    // no event. So each new press first clears `pressedAt`.
    window.addEventListener("pointerdown", () => (pressedAt.current = null), { signal, capture: true });
    return () => controller.abort();
  }, []);

  function pressPointer({ button: which }: PointerEvent) {
    if (which === 0) press();
  }

  function pressKey(event: KeyboardEvent) {
    // Ctrl+Enter and Cmd+Enter submit the form, so they must not start or stop a recording.
    const isPress = (event.key === "Enter" || event.key === " ") && !event.ctrlKey && !event.metaKey;
    if (!isPress) return;
    event.preventDefault();
    if (!event.repeat) press();
  }

  /** Handles a click that follows no press. Only assistive technology sends such a click. */
  function click() {
    if (!isHandled.current) press();
    isHandled.current = false;
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        aria-label="Speak"
        title={phase === "recording" ? "Stop recording" : "Speak your prompt: press once, or hold while you speak"}
        aria-pressed={phase === "recording"}
        aria-disabled={phase === "writing"}
        className={`${promptToolClass} touch-none select-none [-webkit-touch-callout:none] aria-disabled:opacity-50 aria-pressed:text-accent`}
        onPointerDown={pressPointer}
        onKeyDown={pressKey}
        onKeyUp={(event) => {
          // Without this, Firefox would also fire a click when the space bar is released.
          if (event.key === " ") event.preventDefault();
          isHandled.current = false;
        }}
        onClick={click}
        onContextMenu={(event) => event.preventDefault()}
      >
        {phase === "recording" ? (
          <Square aria-hidden className="size-4 fill-current" />
        ) : (
          <Mic aria-hidden className="size-4" />
        )}
      </button>
      {session && Part ? (
        <Part
          key={session.id}
          owner={owner}
          button={button}
          phase={phase}
          onPhase={setPhase}
          onClose={() => setSession(null)}
        />
      ) : null}
      {session && !Part && hasFailed ? (
        <p className="w-full px-3 pb-2 text-[13px] text-muted">The recorder could not be loaded. Press Speak again.</p>
      ) : null}
    </>
  );
}
