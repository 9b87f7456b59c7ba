"use client";

import { type MouseEvent, type ReactNode, useMemo } from "react";
import { ChevronDown } from "lucide-react";
import { promptOf } from "@/components/prediction/picture";
import { Menu, menuItemClass } from "@/components/ui/menu";
import type { Job } from "./jobs";
import { controlName } from "./read-form";
import type { JobStore } from "./store";
import { styles, withStyle } from "./styles";
import { useJobState } from "./use-jobs";

const most = 12;

/** Below the prompt: styles to add to it, and what was asked for lately. */
export function PromptTools({ store }: { store: JobStore }) {
  // A text is the same while it says the same, so news of a running job does not draw this.
  const listed = useJobState(store, recentPrompts);
  const recent = useMemo(() => listed.split("\n").filter(Boolean), [listed]);
  return (
    <div className="flex">
      <ToolMenu label="Style" about="Adds words to the prompt. Once more takes them out.">
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
      </ToolMenu>
      <ToolMenu label="Recent prompts" about={recent.length > 0 ? null : "What you ask for is listed here."}>
        {recent.map((prompt) => (
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
      </ToolMenu>
    </div>
  );
}

function ToolMenu({ label, about, children }: { label: string; about: string | null; children: ReactNode }) {
  return (
    <Menu
      label={label}
      className="flex h-9 items-center gap-1 rounded px-2.5 text-[13px] text-muted transition-colors hover:bg-raised hover:text-ink pointer-coarse:h-10"
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

function writePrompt({ currentTarget }: MouseEvent<HTMLButtonElement>, change: (prompt: string) => string) {
  const prompt = currentTarget.form?.elements.namedItem(controlName({ name: "prompt" }));
  if (!(prompt instanceof HTMLTextAreaElement)) return;
  prompt.value = change(prompt.value);
  prompt.dispatchEvent(new Event("input", { bubbles: true }));
  // After the menu has closed, and given the focus back.
  requestAnimationFrame(() => prompt.focus());
}

/** The last different prompts, newest first, one a line. */
function recentPrompts(jobs: Job[]) {
  const prompts = jobs.map(({ request }) => promptOf(request.input).replace(/\s+/g, " ").trim()).filter(Boolean);
  return [...new Set(prompts)].slice(0, most).join("\n");
}
