"use client";

import { type KeyboardEvent, type ReactNode, type RefObject, type SubmitEvent, useActionState, useState } from "react";
import { Button } from "@/components/ui/button";
import type { Problem } from "@/components/jobs/api";
import { ComposerFields } from "./composer-fields";
import { explainProblem } from "@/components/jobs/explain-problem";
import type { MediaChoice } from "@/components/generate/fields/media-choice";
import type { Values } from "@/components/jobs/job";
import type { ModelForm } from "@/components/jobs/draft";
import { isUnsupportedFile } from "@/lib/models/fields";
import { useDraft } from "./use-draft";
import { useFieldErrors } from "./use-field-errors";

/** What the page says when the form was sent without script and refused. */
export type Refusal = { values: Values; problem: Problem } | null;
export type StartAction = (previous: Refusal, data: FormData) => Promise<Refusal>;

export type ComposerProps = ModelForm & {
  /** The same for every sending of this very form, so that a double click without script starts one prediction. */
  formKey: string;
  /** Settings to begin with, instead of what was last in the form. */
  start: Values | null;
  mediaChoices: MediaChoice[];
  startAction: StartAction;
};

type Props = ComposerProps & {
  form: RefObject<HTMLFormElement | null>;
  problem: Problem | null;
  onSubmit: () => void;
  /** Shown under the prompt. */
  promptTools: ReactNode;
  /** On how many models the prompt will be tried. */
  models: number;
  /** Shown under the button. */
  children: ReactNode;
};

/**
 * Where an image is described. A real form: with script it is sent in the background, without it as a page. Ctrl or Cmd
 * with Enter sends it from any of its fields.
 */
export function Composer(props: Props) {
  const { form, startAction, formKey, problem, onSubmit, mediaChoices, promptTools, models, children, ...model } =
    props;
  const [refusal, action, isPending] = useActionState(startAction, null);
  const start = refusal?.values ?? model.start;
  const { keep, omitted } = useDraft(form, start, model);
  const [platform] = useState(() => (typeof navigator === "undefined" ? "" : navigator.platform));
  const shown = problem ?? refusal?.problem ?? null;
  const missing = model.fields.filter((field) => field.required && isUnsupportedFile(field));
  const [faults, look] = useFieldErrors();
  const errors = new Map([
    ...(shown?.fields ?? []).map(({ field, description }) => [field, description] as const),
    ...faults,
  ]);

  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (missing.length === 0) onSubmit();
  }

  return (
    // The keys are those of the fields inside.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      ref={form}
      action={action}
      onSubmit={submit}
      onInput={(event) => {
        keep();
        look(event);
      }}
      onKeyDown={sendOnEnter}
      onInvalidCapture={look}
      className="flex flex-col gap-5"
    >
      <input type="hidden" name="model" value={model.model} />
      <input type="hidden" name="key" value={formKey} />
      {omitted.length > 0 ? (
        <p role="status" className="text-[13px] text-muted">
          This is another version of the model. Your settings were kept but for {omitted.join(", ")}, which it does not
          take.
        </p>
      ) : null}
      <ComposerFields
        fields={model.fields}
        start={start}
        mediaChoices={mediaChoices}
        errors={errors}
        promptTools={promptTools}
      />
      {refusal ? (
        <p role="alert" className="text-[13px] text-danger">
          {explainProblem(refusal.problem).title}. {explainProblem(refusal.problem).remedy}
        </p>
      ) : null}
      <div className="sticky bottom-14 z-10 -mx-4 -mb-4 border-t bg-ground p-4 md:-bottom-4">
        {missing.length > 0 ? (
          <p className="mb-2 text-[13px] text-pretty">
            This model cannot be run here: it needs {missing.map(({ label }) => label).join(" and ")}, and Darkroom
            gives models mediaChoices only. Choose another model.
          </p>
        ) : null}
        <Button type="submit" variant="primary" costs disabled={isPending || missing.length > 0} className="w-full">
          {models > 1 ? `Generate on ${models} models` : "Generate"}
          <kbd className="font-sans text-xs pointer-coarse:hidden" suppressHydrationWarning>
            {platform.startsWith("Mac") ? "⌘↵" : "Ctrl ↵"}
          </kbd>
        </Button>
        {children}
      </div>
    </form>
  );
}

function sendOnEnter(event: KeyboardEvent<HTMLFormElement>) {
  const isWith = event.metaKey || event.ctrlKey;
  const isNewLine = !isWith && event.target instanceof HTMLTextAreaElement;
  if (event.defaultPrevented || event.key !== "Enter" || isNewLine) return;
  // Held down, the key asks once; so it does in fields of one line, from which the browser itself sends the form.
  if (isWith || event.repeat) event.preventDefault();
  if (isWith && !event.repeat) event.currentTarget.requestSubmit();
}
