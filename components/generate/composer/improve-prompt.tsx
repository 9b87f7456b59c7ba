"use client";

// This file is loaded on the first click on Improve.

import { useEffect, useEffectEvent, useRef, useState } from "react";
import { typeInto } from "@/components/generate/fields/form-values";
import { writeWords } from "@/components/jobs/words/write-words";
import { announce } from "@/components/ui/live-region";
import { findPrompt, promptToolClass } from "./prompt-button";
import type { ImproveProps } from "./prompt-menus";

/** The improvement that is being written. `before`: the prompt before the improvement. `controller`: stops the improvement. */
type Run = { before: string; controller: AbortController };

/**
 * Asks a language model to improve the prompt: once when this component appears, and then on each click. The model's text appears
 * in the prompt field while it is written. Undo and Esc bring the old prompt back. The draft changes only when the text is
 * complete, so a reload before that does not lose the old prompt.
 */
export function ImprovePrompt({ owner, model }: ImproveProps) {
  const tools = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const run = useRef<Run>(null);
  /** The text that this component last wrote into the prompt. */
  const written = useRef<string>(null);
  const answered = useRef(new Set<string>());
  /** For Undo: the prompt before each improvement, the oldest first. */
  const [earlier, setEarlier] = useState<string[]>([]);
  const [isBusy, setBusy] = useState(false);
  const [note, setNote] = useState<string | null>(null);

  async function improve() {
    const prompt = findPrompt(button.current);
    if (!prompt || run.current) return;
    const before = prompt.value;
    setNote(null);
    if (!before.trim()) return explain("Write a few words first, then press Improve again.");
    const controller = new AbortController();
    const { signal } = controller;
    run.current = { before, controller };
    setBusy(true);
    prompt.readOnly = true;
    announce("Improving the prompt");
    const result = await writeWords(
      { task: "improve", prompt: before, model },
      {
        owner,
        // If this prompt was improved before, the user wants a new text, not the earlier one. For example, the user did not like
        // the earlier text, and clicked Undo.
        isFresh: answered.current.has(before),
        onText: (text) => {
          if (!signal.aborted) show(prompt, text);
        },
        onOffline: () => setNote("Reconnecting…"),
        signal,
      },
    );
    if (signal.aborted) return;
    stop(prompt);
    if ("message" in result) {
      typeInto(prompt, before);
      return explain(result.message);
    }
    answered.current.add(before);
    setEarlier((known) => [...known, before]);
    written.current = result.text;
    typeInto(prompt, result.text);
    announce("The prompt was improved. Press Escape to undo.");
  }

  function show(prompt: HTMLTextAreaElement, text: string) {
    written.current = text;
    prompt.value = text;
    prompt.scrollTop = prompt.scrollHeight;
  }

  function stop(prompt: HTMLTextAreaElement | null) {
    run.current?.controller.abort();
    run.current = null;
    if (prompt) prompt.readOnly = false;
    setBusy(false);
    setNote(null);
  }

  function explain(message: string) {
    setNote(message);
    announce(message);
  }

  /**
   * If an improvement is being written, stops the improvement and brings back the earlier prompt. Otherwise undoes the last
   * improvement.
   */
  function undo() {
    const prompt = findPrompt(button.current);
    const before = run.current ? run.current.before : earlier.at(-1);
    if (!prompt || before === undefined) return;
    if (run.current) stop(prompt);
    else setEarlier(earlier.slice(0, -1));
    written.current = before;
    typeInto(prompt, before);
    // The clicked button may not exist any more, so the prompt gets the focus.
    prompt.focus();
    announce("Your earlier prompt is back");
  }

  const undoOnEscape = useEffectEvent((event: KeyboardEvent) => {
    const { target } = event;
    const prompt = findPrompt(button.current);
    const isHere = target === prompt || (target instanceof Node && tools.current?.contains(target));
    if (event.key !== "Escape" || event.isComposing || event.defaultPrevented || !isHere) return;
    // If the user has changed the text since the improvement, Esc does not undo the improvement. Only the button Undo does.
    if (run.current || prompt?.value === written.current) undo();
  });

  /** Stops a running improvement if the prompt is changed, for example because the user copies other settings into the form. */
  const stopAfterChange = useEffectEvent(() => {
    const prompt = findPrompt(button.current);
    if (!run.current || !prompt || [run.current.before, written.current].includes(prompt.value)) return;
    const { before } = run.current;
    stop(prompt);
    setEarlier([...earlier, before]);
  });

  /** Stops the form from being sent while an improvement is being written. */
  const blockWhileWriting = useEffectEvent((event: SubmitEvent) => {
    if (!run.current) return;
    event.preventDefault();
    event.stopPropagation();
    explain("The prompt is still being improved. Press Stop to use your own prompt instead.");
  });

  const start = useEffectEvent(() => {
    // This button has replaced the clicked button, which had the focus. So this button must get the focus.
    button.current?.focus();
    void improve();
  });
  const leave = useEffectEvent(stop);

  useEffect(() => {
    const form = button.current?.form;
    const prompt = findPrompt(button.current);
    const controller = new AbortController();
    const { signal } = controller;
    form?.addEventListener("keydown", (event) => undoOnEscape(event), { signal });
    form?.addEventListener("input", () => stopAfterChange(), { signal });
    form?.addEventListener("submit", (event) => blockWhileWriting(event), { signal });
    start();
    return () => {
      controller.abort();
      leave(prompt);
    };
  }, []);

  return (
    <div ref={tools} className="contents">
      <button
        ref={button}
        type="button"
        title={isBusy ? "Stop, and keep your own prompt (Esc)" : "Let a language model add details to your prompt"}
        aria-busy={isBusy}
        className={promptToolClass}
        // Ignores the second click of a double click. Otherwise this click would stop the improvement that the first click has
        // started.
        onClick={({ detail }) => (detail > 1 ? undefined : isBusy ? undo() : void improve())}
      >
        {isBusy ? "Stop" : "Improve"}
      </button>
      {earlier.length > 0 && !isBusy ? (
        <button type="button" title="Bring back the earlier prompt (Esc)" className={promptToolClass} onClick={undo}>
          Undo
        </button>
      ) : null}
      {note ? <p className="order-last w-full px-3 pb-2 text-[13px] text-pretty text-muted">{note}</p> : null}
    </div>
  );
}
