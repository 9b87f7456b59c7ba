"use client";

import { menuItemClass } from "@/components/ui/menu";
import { type LoadPrompts, RecentPrompts } from "./recent-prompts";
import { styles, withStyle } from "./styles";
import { PromptMenu, writePrompt } from "./prompt-menu";

/** Below the prompt: styles to add to it, and what was asked for lately. */
export function PromptMenus({ loadPrompts }: { loadPrompts: LoadPrompts }) {
  return (
    <div className="flex">
      <PromptMenu label="Style" about="Adds words to the prompt. Once more takes them out.">
        {styles.map(({ name, words }) => (
          <button
            key={name}
            type="button"
            title={words}
            onClick={(event) => writePrompt(event, (prompt) => withStyle(prompt, words))}
            className={menuItemClass}
          >
            {name}
          </button>
        ))}
      </PromptMenu>
      <RecentPrompts loadPrompts={loadPrompts} />
    </div>
  );
}
