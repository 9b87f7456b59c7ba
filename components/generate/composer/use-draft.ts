import { type RefObject, useEffect, useState } from "react";
import { fillForm, readForm } from "@/components/generate/fields/form-values";
import { loadDraft, type ModelForm, saveDraft } from "@/components/jobs/draft-storage";
import type { Values } from "@/components/jobs/job";
import { nameOf } from "@/components/jobs/model-name";

/**
 * Restores the user's last settings in the form, unless `start` has settings. `save` saves the current ones. `omitted` lists
 * settings that were saved for another version and that this version does not have.
 */
export function useDraft(form: RefObject<HTMLFormElement | null>, start: Values | null, model: ModelForm) {
  const { owner, version, fields } = model;
  const [omitted, setOmitted] = useState<string[]>([]);

  function save() {
    if (form.current) saveDraft(owner, nameOf(model.model), version, readForm(new FormData(form.current), fields));
  }

  useEffect(() => {
    const draft = loadDraft(model);
    // A prompt typed before the JavaScript had loaded must not be overwritten.
    const typed = form.current && readForm(new FormData(form.current), fields).prompt;
    if (start || !draft || !form.current || typed) return;
    fillForm(form.current, fields, draft.values);
    setOmitted(draft.omitted);
    // Runs only once: later it would overwrite the user's changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  return { save, omitted };
}
