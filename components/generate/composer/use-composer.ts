import { useMemo, useRef } from "react";
import { useRouter } from "next/navigation";
import { controlName, fillForm } from "@/components/generate/fields/form-values";
import { readForm, readSecrets } from "@/components/generate/fields/read-form";
import { loadDraft, type ModelForm, saveDraft } from "@/components/jobs/drafts/draft-storage";
import type { GenerateRequest, Values } from "@/components/jobs/job";
import { refersTo, modelNameOf, modelVersionOf } from "@/lib/models/ref";
import { announce } from "@/components/ui/live-region";

export type ComposerForm = ReturnType<typeof useComposer>;

/** The composer's form, and functions that read, fill and save it. The functions stay the same until the model changes. */
export function useComposer({ owner, model, version, fields }: ModelForm) {
  const form = useRef<HTMLFormElement>(null);
  const router = useRouter();

  return useMemo(() => {
    function readValues(): Values {
      const hidden = [...(form.current?.querySelectorAll<HTMLElement>("[data-setting][hidden]") ?? [])];
      const used = fields.filter(({ name }) => !hidden.some(({ dataset }) => dataset.setting === name));
      return form.current ? readForm(new FormData(form.current), used) : {};
    }

    /** Returns the whole request, including the secrets. Secrets are never saved, so `readValues` leaves them out. */
    function readRequest(): GenerateRequest {
      const data = form.current ? new FormData(form.current) : new FormData();
      const reuse = data.has("reuse") && { reuse: true };
      return { model, input: readValues(), secrets: readSecrets(data, fields), ...reuse };
    }

    function findPrompt() {
      return form.current?.elements.namedItem(controlName({ name: "prompt" }));
    }

    function fill(values: Values) {
      if (!form.current) return;
      // Models have different names for the seed. If `values` contains a seed under the name `seed`, the model's seed field gets
      // this value, even if the field has another name.
      const seed = fields.find(({ kind }) => kind === "seed");
      fillForm(form.current, fields, { ...values, ...(seed && "seed" in values && { [seed.name]: values.seed }) });
      const prompt = findPrompt();
      if (prompt instanceof HTMLElement) prompt.focus();
    }

    /**
     * Sets the attribute `required` of the prompt's control. Even if the prompt is optional for the model, the form requires it,
     * unless `values` contains a value that can replace it. Returns the control if `required` has changed; otherwise null.
     */
    function requirePrompt(values = readValues()) {
      const prompt = findPrompt();
      const field = fields.find(({ name }) => name === "prompt");
      if (!(prompt instanceof HTMLTextAreaElement) || !field || field.required) return null;
      const isNeeded = !fields.some((other) => other.replacesPrompt && other.name in values);
      const isChanged = prompt.required !== isNeeded;
      prompt.required = isNeeded;
      return isChanged ? prompt : null;
    }

    /** Shows a request in the form. If the request is for another model, opens the form of that model. */
    function editRequest(request: GenerateRequest) {
      if (refersTo(request.model, { model, version })) {
        fill(request.input);
        announce("The settings were copied into the form");
      } else {
        saveDraft(owner, modelNameOf(request.model), modelVersionOf(request.model), request.input);
        router.push(`/dashboard/generate?model=${request.model}`);
      }
    }

    /** Changes some settings and leaves the others unchanged. */
    function changeValues(changes: Values) {
      fill({ ...readValues(), ...changes });
    }

    /**
     * Saves the draft. Then calls `requirePrompt` and returns its result. While a language model writes into the prompt, the
     * prompt is read-only, and nothing is saved: an incomplete text must not replace the user's own prompt.
     */
    function saveValues() {
      const prompt = findPrompt();
      if (prompt instanceof HTMLTextAreaElement && prompt.readOnly) return null;
      const values = readValues();
      saveDraft(owner, modelNameOf(model), version, values);
      return requirePrompt(values);
    }

    /** Restores the user's last settings. Returns the names of the settings that this version of the model does not accept. */
    async function restoreDraft(): Promise<string[]> {
      const draft = loadDraft({ owner, model, version });
      // If the user typed a prompt before the JavaScript was loaded, the draft must not overwrite it.
      if (!draft || readValues().prompt) return [];
      const filter =
        draft.isOtherVersion && (await import("@/components/jobs/drafts/compatible-values")).filterCompatibleValues;
      const { values, omitted } = filter ? filter(draft.settings, fields) : { values: draft.settings, omitted: [] };
      if (form.current) fillForm(form.current, fields, { ...values, ...draft.prompts });
      return omitted;
    }

    return { form, readValues, readRequest, requirePrompt, editRequest, changeValues, saveValues, restoreDraft };
  }, [owner, model, version, fields, router]);
}
