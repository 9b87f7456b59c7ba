"use client";

import { type KeyboardEvent, type MouseEvent, type ReactNode, useState } from "react";
import { ChevronDown } from "lucide-react";
import { controlName, typeInto } from "@/components/generate/fields/form-values";
import { Input } from "@/components/ui/input";
import { isComposing } from "@/components/ui/is-composing";
import { Menu, menuItemClass } from "@/components/ui/menu";
import type { Presets } from "@/lib/config";

/** Lists the user's last prompts without duplicates, newest first. Returns null when the user is signed out. */
export type LoadRecentPrompts = () => Promise<string[] | null>;

type PromptMenusProps = { styles: Presets["styles"]; loadRecentPrompts: LoadRecentPrompts };

/** The menus below the prompt: styles to add to it, and recent prompts. */
export function PromptMenus({ styles, loadRecentPrompts }: PromptMenusProps) {
  return (
    <div className="flex">
      <PromptMenu label="Style" note="Adds words to the prompt. Click again to remove them.">
        {styles.map(({ name, words }) => (
          <PromptButton key={name} title={words} change={(prompt) => toggleStyle(prompt, words)}>
            {name}
          </PromptButton>
        ))}
      </PromptMenu>
      <RecentPrompts loadRecentPrompts={loadRecentPrompts} />
    </div>
  );
}

/** The user's recent prompts from all devices, with a search field. Loaded when the menu opens. */
function RecentPrompts({ loadRecentPrompts }: { loadRecentPrompts: LoadRecentPrompts }) {
  const [prompts, setPrompts] = useState<string[]>([]);
  const [note, setNote] = useState<string | null>("Loading your prompts…");
  const [filter, setFilter] = useState("");
  const wanted = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found = prompts.filter((prompt) => wanted.every((word) => prompt.toLowerCase().includes(word)));

  function loadRecent() {
    setFilter("");
    loadRecentPrompts().then(
      (loaded) => {
        if (loaded) setPrompts(loaded);
        if (!loaded) setNote("You are signed out. Sign in again to see your prompts.");
        else setNote(loaded.length > 0 ? null : "Your prompts will be listed here.");
      },
      () => setNote("Your prompts could not be loaded. Open this menu again."),
    );
  }

  /** Enter selects the first prompt instead of submitting the form. */
  function chooseFirst(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key !== "Enter" || isComposing(event)) return;
    event.preventDefault();
    event.currentTarget.parentElement?.querySelector("button")?.click();
  }

  return (
    <PromptMenu label="Recent prompts" note={note} onOpen={loadRecent}>
      {prompts.length > 0 ? (
        <Input
          type="search"
          aria-label="Find a prompt"
          placeholder="Find a prompt"
          value={filter}
          className="mb-1"
          onChange={(event) => setFilter(event.currentTarget.value)}
          onKeyDown={chooseFirst}
        />
      ) : null}
      {found.map((prompt) => (
        <PromptButton key={prompt} title={prompt} change={() => prompt}>
          <bdi className="max-w-72 truncate">{prompt}</bdi>
        </PromptButton>
      ))}
      {prompts.length > 0 && found.length === 0 ? (
        <p className="px-2.5 py-2 text-[12px] text-muted">No prompts match “{filter}”.</p>
      ) : null}
    </PromptMenu>
  );
}

type PromptMenuProps = { label: string; note: string | null; onOpen?: () => void; children: ReactNode };

function PromptMenu({ label, note, onOpen, children }: PromptMenuProps) {
  return (
    <Menu
      label={label}
      className="flex h-9 items-center gap-1 rounded px-3 text-[13px] text-muted transition-colors hover:bg-raised hover:text-ink pointer-coarse:h-10"
      onOpen={onOpen}
      trigger={
        <>
          {label} <ChevronDown aria-hidden className="size-3.5" />
        </>
      }
    >
      {note ? <p className="max-w-72 px-2.5 py-2 text-[12px] text-muted">{note}</p> : null}
      <div className="max-h-[50dvh] overflow-y-auto">{children}</div>
    </Menu>
  );
}

type PromptButtonProps = { title: string; change: (prompt: string) => string; children: ReactNode };

/** A button that changes the prompt of the surrounding form. */
function PromptButton({ title, change, children }: PromptButtonProps) {
  function changePrompt({ currentTarget }: MouseEvent<HTMLButtonElement>) {
    const prompt = currentTarget.form?.elements.namedItem(controlName({ name: "prompt" }));
    if (!(prompt instanceof HTMLTextAreaElement)) return;
    typeInto(prompt, change(prompt.value));
    // Waits one frame, because the menu closes first and returns the focus to its button.
    requestAnimationFrame(() => prompt.focus());
  }

  return (
    <button type="button" title={title} onClick={changePrompt} className={menuItemClass}>
      {children}
    </button>
  );
}

/** Adds the words of a style to the end of a prompt, or removes them. */
function toggleStyle(prompt: string, words: string) {
  if (!prompt.includes(words)) return prompt.trim() ? `${prompt.trim().replace(/[,.]$/, "")}, ${words}` : words;
  return prompt
    .replace(words, "")
    .replace(/^[,\s]+|[,\s]+$/g, "")
    .replace(/,\s*,/g, ",");
}
