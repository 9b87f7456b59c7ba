import { type RefObject, useEffect } from "react";
import type { Field } from "@/lib/models/fields";
import { loadDraft, saveDraft } from "./draft";
import { fillForm } from "./fill-form";
import { readForm, type Values } from "./read-form";

type Draft = { owner: string; model: string; fields: Field[]; start: Values | null };

/** Brings back what was last in the form, and keeps what is typed. `start`, when given, goes before the draft. */
export function useDraft(form: RefObject<HTMLFormElement | null>, { owner, model, fields, start }: Draft) {
  function keep() {
    if (form.current) saveDraft(owner, model, readForm(new FormData(form.current), fields));
  }

  useEffect(() => {
    const draft = loadDraft(owner, model);
    // Who types before the script is there must not lose it to the draft.
    const typed = form.current && readForm(new FormData(form.current), fields).prompt;
    if (!start && draft && form.current && !typed) fillForm(form.current, fields, draft);
    // Once, when the form appears: later values come from the person.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  return keep;
}
