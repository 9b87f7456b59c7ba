"use client";

import { type KeyboardEvent, type ReactNode, type SubmitEvent, useActionState, useEffect, useState } from "react";
import type { MediaChoice } from "@/components/generate/fields/media-choice";
import type { Problem } from "@/components/jobs/read-response";
import type { ModelForm } from "@/components/jobs/drafts/draft-storage";
import type { Values } from "@/components/jobs/job";
import { Button } from "@/components/ui/button";
import { isComposing } from "@/components/ui/input";
import { lazyAfterLoad } from "@/components/ui/lazy-after-load";
import { ComposerFields } from "./composer-fields";
import type { ComposerForm } from "./use-composer";
import { useValidityErrors } from "./use-validity-errors";

// `HideUnusedSettings` is loaded only for a model with settings that depend on other settings.
const HideUnusedSettings = lazyAfterLoad(() =>
  import("./hide-unused-settings").then((file) => file.HideUnusedSettings),
);

/** The result of a form that was sent without JavaScript and rejected: its values, the problem, and a message for the user. */
export type Rejection = { values: Values; problem: Problem; message: string } | null;
type StartAction = (previous: Rejection, data: FormData) => Promise<Rejection>;

export type ComposerProps = ModelForm & {
  /** An idempotency key, so that a double click without JavaScript starts only one prediction. */
  formKey: string;
  /** The text that the prompt field shows while it is empty. */
  placeholder: string;
  /**
   * The settings with which the form starts. If null, it starts with the draft: the settings that this user last had in the form.
   */
  start: Values | null;
  mediaChoices: MediaChoice[];
  startAction: StartAction;
};

type Props = ComposerProps & {
  composer: ComposerForm;
  problem: Problem | null;
  onSubmit: () => void;
  /** The buttons below the prompt. */
  promptTools: ReactNode;
  /** The number of models that get the prompt, including the model of the form. */
  modelCount: number;
  /** The content below the button Generate. */
  children: ReactNode;
};

/**
 * The form for a new prediction. JavaScript sends the form in the background. Without JavaScript, the browser submits it.
 * Ctrl+Enter or Cmd+Enter in any field submits the form.
 */
export function Composer(props: Props) {
  const { model, fields, formKey, mediaChoices, startAction, composer, problem, onSubmit } = props;
  const [rejection, action, isPending] = useActionState(startAction, null);
  const start = rejection?.values ?? props.start;
  const [omitted, setOmitted] = useState<string[]>([]);
  const [platform] = useState(() => (typeof navigator === "undefined" ? "" : navigator.platform));
  const [validityErrors, checkField] = useValidityErrors();
  const serverErrors = (problem ?? rejection?.problem)?.fields ?? [];
  const errors = new Map([
    ...serverErrors.map(({ field, description }) => [field, description] as const),
    ...validityErrors,
  ]);

  useEffect(() => {
    // If the draft was saved for another version of the model, code that adapts the draft is loaded first. If loading fails, the
    // form starts without the draft.
    if (!start) composer.restoreDraft().then(setOmitted, () => {});
    composer.requirePrompt();
    // This effect runs only once. A later run would overwrite the user's changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  // Opens each `details` element that contains an error. Otherwise the user could not see the error.
  useEffect(() => {
    for (const control of composer.form.current?.querySelectorAll("details [aria-invalid]") ?? []) {
      control.closest("details")?.setAttribute("open", "");
    }
  }, [composer, problem]);

  function submit(event: SubmitEvent) {
    event.preventDefault();
    onSubmit();
  }

  return (
    // The form handles the key presses in its fields.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      ref={composer.form}
      action={action}
      onSubmit={submit}
      onInput={(event) => {
        const prompt = composer.saveValues();
        checkField(event);
        if (prompt) checkField({ type: event.type, target: prompt });
      }}
      onKeyDown={sendOnEnter}
      onInvalidCapture={checkField}
      className="marks-required flex flex-col gap-5"
    >
      <input type="hidden" name="model" value={model} />
      <input type="hidden" name="key" value={formKey} />
      {omitted.length > 0 ? (
        <p role="status" className="text-[13px] text-muted">
          This version of the model does not accept some of your settings, so they were left out: {omitted.join(", ")}.
        </p>
      ) : null}
      <ComposerFields
        fields={fields}
        start={start}
        mediaChoices={mediaChoices}
        errors={errors}
        placeholder={props.placeholder}
        promptTools={props.promptTools}
      />
      {fields.some(({ usedWhen }) => usedWhen) ? <HideUnusedSettings composer={composer} fields={fields} /> : null}
      {rejection ? (
        <p role="alert" className="text-[13px] text-danger">
          {rejection.message}
        </p>
      ) : null}
      <div className="sticky bottom-14 z-10 -mx-4 -mb-4 border-t bg-ground p-4 md:-bottom-4">
        <Button type="submit" variant="primary" costs disabled={isPending} className="w-full">
          {props.modelCount > 1 ? `Generate with ${props.modelCount} models` : "Generate"}
          <kbd className="font-sans text-xs pointer-coarse:hidden" suppressHydrationWarning>
            {platform.startsWith("Mac") ? "⌘↵" : "Ctrl ↵"}
          </kbd>
        </Button>
        {props.children}
      </div>
    </form>
  );
}

function sendOnEnter(event: KeyboardEvent<HTMLFormElement>) {
  if (isComposing(event)) return;
  const withModifier = event.metaKey || event.ctrlKey;
  const isNewLine = !withModifier && event.target instanceof HTMLTextAreaElement;
  if (event.defaultPrevented || event.key !== "Enter" || isNewLine) return;
  // On Enter with Ctrl or Cmd, this function submits the form. On Enter alone in a single-line field, the browser submits it.
  // While the key is held down, the browser fires the event again and again. Such repeated events must not submit the form.
  if (withModifier || event.repeat) event.preventDefault();
  if (withModifier && !event.repeat) event.currentTarget.requestSubmit();
}
