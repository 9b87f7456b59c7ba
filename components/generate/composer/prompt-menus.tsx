"use client";

import { type ReactNode, useState } from "react";
import { ChevronDown } from "lucide-react";
import { useOnDemand } from "@/components/ui/lazy-after-load";
import { Menu } from "@/components/ui/menu";
import type { Presets } from "@/lib/config";
import { PromptButton, promptToolClass } from "./prompt-button";
import { SpeakButton } from "./speak/speak-button";

/** Returns the user's last prompts without duplicates, newest first. Returns null when the user is signed out. */
export type LoadRecentPrompts = () => Promise<string[] | null>;

/** `owner`: the user for whom the page was loaded. `model`: the model that gets the prompt. */
export type ImproveProps = { owner: string; model: string };

type PromptMenusProps = ImproveProps & {
  styles: Presets["styles"];
  loadRecentPrompts: LoadRecentPrompts;
  /** Whether this installation allows a language model that improves prompts. */
  canImprove: boolean;
  /** Whether this installation allows a model that turns speech into text. */
  canSpeak: boolean;
};

const loadImprove = () => import("./improve-prompt").then((file) => file.ImprovePrompt);
const loadRecent = () => import("./recent-prompts").then((file) => file.RecentPrompts);

/** The tools below the prompt: styles, recent prompts, a language model that improves the prompt, and the microphone. */
export function PromptMenus({ styles, loadRecentPrompts, canImprove, canSpeak, ...improve }: PromptMenusProps) {
  return (
    <div className="flex flex-wrap">
      <PromptMenu label="Style">
        <p className="max-w-72 px-2.5 py-2 text-[12px] text-muted">
          Adds words to the prompt. Click again to remove them.
        </p>
        {styles.map(({ name, words }) => (
          <PromptButton key={name} title={words} change={(prompt) => toggleStyle(prompt, words)}>
            {name}
          </PromptButton>
        ))}
      </PromptMenu>
      <RecentMenu loadRecentPrompts={loadRecentPrompts} />
      {canImprove ? <ImproveButton {...improve} /> : null}
      {canSpeak ? <SpeakButton owner={improve.owner} /> : null}
    </div>
  );
}

function RecentMenu({ loadRecentPrompts }: { loadRecentPrompts: LoadRecentPrompts }) {
  const [opens, setOpens] = useState(0);
  const { Part, hasFailed, start } = useOnDemand(loadRecent);

  function open() {
    setOpens(opens + 1);
    start();
  }

  return (
    <PromptMenu label="Recent prompts" text="Recent" onOpen={open}>
      {Part ? (
        <Part opens={opens} loadRecentPrompts={loadRecentPrompts} />
      ) : (
        <p className="max-w-72 px-2.5 py-2 text-[12px] text-muted">
          {hasFailed ? "Your prompts could not be loaded. Open this menu again." : "Loading your prompts…"}
        </p>
      )}
    </PromptMenu>
  );
}

/** The first click loads `ImprovePrompt`, which then replaces this button and immediately starts to improve the prompt. */
function ImproveButton(props: ImproveProps) {
  const { Part, hasFailed, start } = useOnDemand(loadImprove);
  return Part ? (
    <Part {...props} />
  ) : (
    <button type="button" onClick={start} className={promptToolClass}>
      {hasFailed ? "“Improve” could not be loaded. Try again" : "Improve"}
    </button>
  );
}

/** `text`: what the button shows, if `label` is too long for the button. */
type PromptMenuProps = { label: string; text?: string; onOpen?: () => void; children: ReactNode };

function PromptMenu({ label, text = label, onOpen, children }: PromptMenuProps) {
  return (
    <Menu
      label={label}
      className={promptToolClass}
      onOpen={onOpen}
      trigger={
        <>
          {text} <ChevronDown aria-hidden className="size-3.5" />
        </>
      }
    >
      <div className="max-h-[50dvh] overflow-y-auto">{children}</div>
    </Menu>
  );
}

/** Adds the words of a style to the end of a prompt. If the prompt already contains the words, removes them instead. */
function toggleStyle(prompt: string, words: string) {
  if (!prompt.includes(words)) return prompt.trim() ? `${prompt.trim().replace(/[,.]$/, "")}, ${words}` : words;
  return prompt
    .replace(words, "")
    .replace(/^[,\s]+|[,\s]+$/g, "")
    .replace(/,\s*,/g, ",");
}
