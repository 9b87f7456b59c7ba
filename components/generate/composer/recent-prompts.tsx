"use client";

// This file is loaded when the menu of recent prompts is opened for the first time.

import { type KeyboardEvent, useEffect, useState } from "react";
import { Input, isComposing } from "@/components/ui/input";
import { PromptButton } from "./prompt-button";
import type { LoadRecentPrompts } from "./prompt-menus";

/** `opens`: how often the menu was opened. The prompts are loaded again each time it is opened. */
export type RecentPromptsProps = { opens: number; loadRecentPrompts: LoadRecentPrompts };

/** The user's recent prompts from all devices, with a search field. */
export function RecentPrompts({ opens, loadRecentPrompts }: RecentPromptsProps) {
  const [prompts, setPrompts] = useState<string[]>([]);
  const [note, setNote] = useState<string | null>("Loading your prompts…");
  /** The search text, and the value of `opens` when the text was typed. When the menu is opened again, the text is ignored. */
  const [search, setSearch] = useState({ opens, text: "" });
  const filter = search.opens === opens ? search.text : "";
  const wanted = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found = prompts.filter((prompt) => wanted.every((word) => prompt.toLowerCase().includes(word)));

  useEffect(() => {
    loadRecentPrompts().then(
      (loaded) => {
        if (loaded) setPrompts(loaded);
        if (!loaded) setNote("You are signed out. Sign in again to see your prompts.");
        else setNote(loaded.length > 0 ? null : "You have no prompts yet. They will be listed here.");
      },
      () => setNote("Your prompts could not be loaded. Open this menu again."),
    );
  }, [opens, loadRecentPrompts]);

  /** Enter selects the first prompt instead of submitting the form. */
  function chooseFirst(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key !== "Enter" || isComposing(event)) return;
    event.preventDefault();
    event.currentTarget.parentElement?.querySelector("button")?.click();
  }

  return (
    <>
      {note ? <p className="max-w-72 px-2.5 py-2 text-[12px] text-muted">{note}</p> : null}
      {prompts.length > 0 ? (
        <Input
          type="search"
          aria-label="Find a prompt"
          placeholder="Find a prompt"
          value={filter}
          className="mb-1"
          onChange={(event) => setSearch({ opens, text: event.currentTarget.value })}
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
    </>
  );
}
