import { type RefObject, useEffect, useState } from "react";
import { loadDraft, type ModelForm, saveDraft } from "@/components/jobs/draft";
import { fillForm } from "@/components/generate/fields/fill-form";
import { nameOf } from "@/components/jobs/model-ref";
import type { Values } from "@/components/jobs/job";
import { readForm } from "@/components/generate/fields/form-values";

/**
 * Brings back what was last in the form, and keeps what is typed. `start`, when given, goes before the draft. `omitted` are the
 * names of settings that were remembered of another version and are none of this one.
 */
export function useDraft(form: RefObject<HTMLFormElement | null>, start: Values | null, composer: ModelForm) {
  const { owner, model, version, fields } = composer;
  const [omitted, setOmitted] = useState<string[]>([]);

  function keep() {
    if (form.current) saveDraft(owner, nameOf(model), version, readForm(new FormData(form.current), fields));
  }

  useEffect(() => {
    const draft = loadDraft(composer);
    // Who types before the script is there must not lose it to the draft.
    const typed = form.current && readForm(new FormData(form.current), fields).prompt;
    if (start || !draft || !form.current || typed) return;
    fillForm(form.current, fields, draft.values);
    setOmitted(draft.omitted);
    // Once, when the form appears: later values come from the person.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  return { keep, omitted };
}
