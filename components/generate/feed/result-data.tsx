// This file is loaded when a result without files first appears, for example the first word of a language model.

import { useRef, useState } from "react";
import { MessageCircle, SlidersHorizontal } from "lucide-react";
import { isRunning, type Job } from "@/components/jobs/job";
import { JobStage, Stopwatch } from "@/components/jobs/job-status";
import { OutputCard } from "@/components/media/output-card";
import { readOutputData } from "@/components/media/output-data";
import { Button } from "@/components/ui/button";
import { useOnDemand } from "@/components/ui/lazy-after-load";
import type { Prediction } from "@/lib/predictions/schema";
import { type Message, readConversation } from "@/lib/words/conversation";
import type { CardActions } from "./job-card";
import { useOutputStream } from "./use-output-stream";

const loadFollowUpForm = () => import("./follow-up-form").then((file) => file.FollowUpForm);

type ResultDataProps = { job: Job; prediction: Prediction; isFresh: boolean; actions: CardActions };

/**
 * A result that is not a file. The answer of a language model appears while the model writes it. When the answer is complete, the
 * user can ask a follow-up question. `isFresh`: the user saw the job running, so a long result is not folded.
 */
export function ResultData({ job, prediction, isFresh, actions }: ResultDataProps) {
  const isWaiting = isRunning(job);
  const words = useOutputStream(prediction.id, isWaiting) ?? "";
  const saved = readOutputData(prediction.output, prediction.links);
  // Two texts grow while the model writes: the words from the stream, and the output of the prediction, which polling updates.
  // The longer of the two texts is shown.
  const isAhead = prediction.status !== "succeeded" && words.length > saved.text.length;
  const conversation = readConversation(job.request.input);
  const isAnswer = conversation.length > 0 && (isAhead || !saved.isCode);
  return (
    <div className="flex flex-col gap-2">
      <EarlierMessages messages={conversation.slice(0, -1)} />
      <OutputCard
        output={isAhead ? words : prediction.output}
        links={prediction.links}
        isAnswer={isAnswer}
        startsOpen={isFresh}
      >
        <Button size="sm" variant="ghost" onClick={() => actions.onEditJob(job)}>
          <SlidersHorizontal aria-hidden className="size-4" /> Use these settings
        </Button>
      </OutputCard>
      {isWaiting ? (
        <p className="flex justify-between gap-3 text-[13px] text-muted">
          <JobStage job={job} />
          <Stopwatch since={job.sentAt} />
        </p>
      ) : null}
      {isAnswer && !isWaiting ? (
        <FollowUpButton job={job} answer={isAhead ? words : saved.text} actions={actions} />
      ) : null}
    </div>
  );
}

/** Shows the messages of a conversation that came before the question of this job. */
function EarlierMessages({ messages }: { messages: Message[] }) {
  if (messages.length === 0) return null;
  return (
    <details className="max-w-2xl text-[13px] text-muted">
      <summary className="min-h-10 content-center">
        {messages.length === 1 ? "1 earlier message" : `${messages.length} earlier messages`}
      </summary>
      <ol className="flex flex-col gap-3 border-l-2 py-1 pl-4">
        {messages.map(({ role, content }, index) => (
          <li key={index}>
            <span className="font-medium text-ink">{names[role]}</span>
            <p className="break-words whitespace-pre-wrap">
              <bdi>{content}</bdi>
            </p>
          </li>
        ))}
      </ol>
    </details>
  );
}

const names: Record<Message["role"], string> = { system: "Instructions", user: "You", assistant: "Answer" };

export type FollowUpProps = { job: Job; answer: string; actions: CardActions };

/** A button that opens a field for the next question about an answer. */
function FollowUpButton(props: FollowUpProps) {
  /** The text of the field. It is stored in this component, so that it is not lost when the user closes the field. */
  const [draft, setDraft] = useState("");
  const { Part, hasFailed, start } = useOnDemand(loadFollowUpForm);
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);

  function close() {
    setOpen(false);
    // The page may be scrolling to the new card. So the focus must not scroll the page back to this button.
    button.current?.focus({ preventScroll: true });
  }

  function toggle() {
    start();
    // If loading has failed, `isOpen` is already true. The next click loads the code again, and must not close the field.
    setOpen(!Part || !isOpen);
  }

  return (
    <>
      <Button ref={button} size="sm" className="self-start" aria-expanded={isOpen && Part !== null} onClick={toggle}>
        <MessageCircle aria-hidden className="size-4" />
        {hasFailed && !Part ? "The field for your question could not be loaded. Try again" : "Ask a follow-up question"}
      </Button>
      {isOpen && Part ? <Part {...props} draft={draft} onDraft={setDraft} onClose={close} /> : null}
    </>
  );
}
