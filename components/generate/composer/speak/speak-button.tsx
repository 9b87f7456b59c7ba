"use client";

import { type KeyboardEvent, type PointerEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { Mic, Square } from "lucide-react";
import { promptToolClass } from "@/components/generate/composer/prompt-button";
import { useOnDemand } from "@/components/ui/lazy-after-load";

/** `asking`: the browser opens the microphone. `writing`: a model writes down the recording. `over`: a message may be shown. */
export type Phase = "asking" | "recording" | "writing" | "over";

const loadSession = () => import("./speak-session").then((file) => file.SpeakSession);

/** A longer press (ms) is a hold: the recording ends when the button is released. */
const hold = 500;
/** Two presses within this time (ms) are a double click, which counts as one press. */
const doubleClick = 300;

/**
 * Records what the user says, for the prompt of the form: from one press to the next, or while the button is held. The code that
 * does this is loaded on the first press. Every press begins a new session.
 */
export function SpeakButton({ owner }: { owner: string }) {
  const { Part, hasFailed, start } = useOnDemand(loadSession);
  const button = useRef<HTMLButtonElement>(null);
  /** `at` is when it began. */
  const [session, setSession] = useState<{ id: number; at: number; phase: Phase } | null>(null);
  const phase = session?.phase ?? "over";
  /** When the press began that started the recording. Null after that press. */
  const pressedAt = useRef<number>(null);
  /** This press was handled, so the click that follows it is ignored. */
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
    // If the browser has asked for permission meanwhile, the recording may begin after the release.
    if (isHeld && phase === "recording") setPhase("writing");
  });

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    for (const type of ["pointerup", "pointercancel", "keyup"]) {
      window.addEventListener(type, () => release(), { signal });
    }
    // The end of a press on a question of the browser does not arrive here.
    window.addEventListener("pointerdown", () => (pressedAt.current = null), { signal, capture: true });
    return () => controller.abort();
  }, []);

  function pressPointer({ button: which }: PointerEvent) {
    if (which === 0) press();
  }

  function pressKey(event: KeyboardEvent) {
    // Ctrl+Enter submits the form.
    const isPress = (event.key === "Enter" || event.key === " ") && !event.ctrlKey && !event.metaKey;
    if (!isPress) return;
    event.preventDefault();
    if (!event.repeat) press();
  }

  /** Only assistive technology clicks without a press before it. */
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
        title={phase === "recording" ? "Stop" : "Speak: press or hold"}
        aria-pressed={phase === "recording"}
        aria-disabled={phase === "writing"}
        className={`${promptToolClass} touch-none select-none [-webkit-touch-callout:none] aria-disabled:opacity-50 aria-pressed:text-accent`}
        onPointerDown={pressPointer}
        onKeyDown={pressKey}
        onKeyUp={(event) => {
          // Firefox clicks here.
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
