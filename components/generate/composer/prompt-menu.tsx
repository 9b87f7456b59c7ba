"use client";

import type { MouseEvent, ReactNode } from "react";
import { ChevronDown } from "lucide-react";
import { Menu } from "@/components/ui/menu";
import { controlName } from "@/components/generate/fields/form-values";

type ToolMenuProps = { label: string; about: string | null; onOpen?: () => void; children: ReactNode };

/** A panel of things that go into the prompt. */
export function PromptMenu({ label, about, onOpen, children }: ToolMenuProps) {
  return (
    <Menu
      label={label}
      className="flex h-9 items-center gap-1 rounded px-2.5 text-[13px] text-muted transition-colors hover:bg-raised hover:text-ink pointer-coarse:h-10"
      onOpen={onOpen}
      trigger={
        <>
          {label} <ChevronDown aria-hidden className="size-3.5" />
        </>
      }
    >
      {about ? <p className="max-w-72 px-2.5 py-2 text-[12px] text-muted">{about}</p> : null}
      <div className="max-h-[50dvh] overflow-y-auto">{children}</div>
    </Menu>
  );
}

/** Changes the prompt of the form around a button. */
export function writePrompt({ currentTarget }: MouseEvent<HTMLButtonElement>, change: (prompt: string) => string) {
  const prompt = currentTarget.form?.elements.namedItem(controlName({ name: "prompt" }));
  if (!(prompt instanceof HTMLTextAreaElement)) return;
  prompt.value = change(prompt.value);
  prompt.dispatchEvent(new Event("input", { bubbles: true }));
  // After the menu has closed, and given the focus back.
  requestAnimationFrame(() => prompt.focus());
}
