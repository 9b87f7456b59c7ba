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

    /** Returns the whole request. Secrets are only in the request: they are never saved. */
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
      // The seed has different names in different models.
      const seed = fields.find(({ kind }) => kind === "seed");
      fillForm(form.current, fields, { ...values, ...(seed && "seed" in values && { [seed.name]: values.seed }) });
      const prompt = findPrompt();
      if (prompt instanceof HTMLElement) prompt.focus();
    }

    /**
     * Makes an optional prompt required, unless another value can replace it. Returns the control of the prompt if it has become
     * required or optional, otherwise null.
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

    /** Shows a request in the form. For another model, opens the form of that model. */
    function editRequest(request: GenerateRequest) {
      if (refersTo(request.model, { model, version })) {
        fill(request.input);
        announce("These settings were copied into the form");
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
     * Saves the draft. Returns the same as `requirePrompt`. While a language model writes into the prompt, which is then read-only,
     * saves nothing: only its whole text is saved.
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
      // A prompt typed before the JavaScript had loaded must not be overwritten.
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
