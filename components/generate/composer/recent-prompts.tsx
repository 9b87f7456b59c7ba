"use client";

import { type KeyboardEvent, useState } from "react";
import { menuItemClass } from "@/components/ui/menu";
import { Input } from "@/components/ui/input";
import { PromptMenu, writePrompt } from "./prompt-menu";

/** The person's last different prompts, the last one first; null: they are signed out. */
export type LoadPrompts = () => Promise<string[] | null>;

/** What was asked for lately, on whatever device, and a field to find one of it by. Asked for when it is opened. */
export function RecentPrompts({ loadPrompts }: { loadPrompts: LoadPrompts }) {
  const [prompts, setPrompts] = useState<string[]>([]);
  const [about, setAbout] = useState<string | null>("Looking for your prompts…");
  const [filter, setFilter] = useState("");
  const wanted = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found = prompts.filter((prompt) => wanted.every((word) => prompt.toLowerCase().includes(word)));

  function load() {
    setFilter("");
    loadPrompts().then(
      (loaded) => {
        if (loaded) setPrompts(loaded);
        if (!loaded) setAbout("You are signed out. Sign in again to see what you asked for.");
        else setAbout(loaded.length > 0 ? null : "What you ask for is listed here.");
      },
      () => setAbout("Your prompts did not arrive. Open this again."),
    );
  }

  /** Enter takes the first one, instead of sending the form around it. */
  function takeFirst(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    event.currentTarget.parentElement?.querySelector("button")?.click();
  }

  return (
    <PromptMenu label="Recent prompts" about={about} onOpen={load}>
      {prompts.length > 0 ? (
        <Input
          type="search"
          aria-label="Find a prompt"
          placeholder="Find a prompt"
          value={filter}
          className="mb-1"
          onChange={(event) => setFilter(event.currentTarget.value)}
          onKeyDown={takeFirst}
        />
      ) : null}
      {found.map((prompt) => (
        <button
          key={prompt}
          type="button"
          title={prompt}
          onClick={(event) => writePrompt(event, () => prompt)}
          className={menuItemClass}
        >
          <bdi className="max-w-72 truncate">{prompt}</bdi>
        </button>
      ))}
      {prompts.length > 0 && found.length === 0 ? (
        <p className="px-2.5 py-2 text-[12px] text-muted">No prompt has these words.</p>
      ) : null}
    </PromptMenu>
  );
}
