"use client";

// This file is loaded on the first click on "Ask a follow-up question".

import { type KeyboardEvent, type SubmitEvent, useEffect, useId, useRef } from "react";
import { Button } from "@/components/ui/button";
import { isComposing, Textarea } from "@/components/ui/input";
import { withoutSeeds } from "@/lib/models/inputs/seeds";
import { modelNameOf } from "@/lib/models/ref";
import { toFollowUp } from "@/lib/words/conversation";
import type { FollowUpProps } from "./result-data";

type Props = FollowUpProps & { draft: string; onDraft: (text: string) => void; onClose: () => void };

/** A form for the next question. The answer appears on a new card. The request contains the conversation so far. */
export function FollowUpForm({ job, answer, actions, draft, onDraft, onClose }: Props) {
  const { model, input } = job.request;
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const inMessages =
    modelNameOf(model) === actions.messagesModel || (Array.isArray(input.messages) && input.messages.length > 0);

  useEffect(() => field.current?.focus(), []);

  function ask(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const question = draft.trim();
    if (!question) return;
    onDraft("");
    actions.onAsk({ model, input: toFollowUp(withoutSeeds(input), answer, question, inMessages) });
    // The new card appears at the top of the feed, so the page scrolls to the top of the feed.
    event.currentTarget.closest("section")?.scrollIntoView({ behavior: "smooth" });
    onClose();
  }

  function handleKey(event: KeyboardEvent<HTMLFormElement>) {
    if (isComposing(event)) return;
    if (event.key === "Escape") onClose();
    if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey) || event.repeat) return;
    event.preventDefault();
    event.currentTarget.requestSubmit();
  }

  return (
    // The form handles the key presses in its field.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form onSubmit={ask} onKeyDown={handleKey} className="flex max-w-2xl flex-col items-start gap-2">
      <label htmlFor={id} className="text-[13px] font-medium">
        Your next question
      </label>
      <Textarea
        ref={field}
        id={id}
        required
        maxLength={10_000}
        rows={3}
        value={draft}
        onChange={({ currentTarget }) => onDraft(currentTarget.value)}
      />
      <div className="flex gap-2">
        <Button type="submit" size="sm" costs>
          Ask
        </Button>
        <Button size="sm" variant="ghost" onClick={onClose}>
          Close
        </Button>
      </div>
    </form>
  );
}
