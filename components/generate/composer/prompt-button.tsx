import type { MouseEvent, ReactNode } from "react";
import { controlName, typeInto } from "@/components/generate/fields/form-values";
import { menuItemClass } from "@/components/ui/menu";

/** The CSS classes of the buttons below the prompt. */
export const promptToolClass =
  "flex h-9 items-center gap-1 rounded px-3 text-[13px] text-muted transition-colors hover:bg-raised hover:text-ink pointer-coarse:h-10";

/** Returns the prompt field of the form that contains this button. */
export function findPrompt(button: HTMLButtonElement | null): HTMLTextAreaElement | null {
  const prompt = button?.form?.elements.namedItem(controlName({ name: "prompt" }));
  return prompt instanceof HTMLTextAreaElement ? prompt : null;
}

type PromptButtonProps = { title: string; change: (prompt: string) => string; children: ReactNode };

/** A button inside a menu. A click on it changes the prompt of the form that contains the menu. */
export function PromptButton({ title, change, children }: PromptButtonProps) {
  function changePrompt({ currentTarget }: MouseEvent<HTMLButtonElement>) {
    const prompt = findPrompt(currentTarget);
    if (!prompt) return;
    typeInto(prompt, change(prompt.value));
    // The focus moves one frame later, because the menu first closes and returns the focus to its own button.
    requestAnimationFrame(() => prompt.focus());
  }

  return (
    <button type="button" title={title} onClick={changePrompt} className={menuItemClass}>
      {children}
    </button>
  );
}
