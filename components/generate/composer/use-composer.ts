import { useMemo, useRef } from "react";
import { useRouter } from "next/navigation";
import { controlName, fillForm, readForm } from "@/components/generate/fields/form-values";
import { loadDraft, type ModelForm, saveDraft } from "@/components/jobs/draft-storage";
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
      return form.current ? readForm(new FormData(form.current), fields) : {};
    }

    function fill(values: Values) {
      if (!form.current) return;
      fillForm(form.current, fields, values);
      const prompt = form.current.elements.namedItem(controlName({ name: "prompt" }));
      if (prompt instanceof HTMLElement) prompt.focus();
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

    function saveValues() {
      saveDraft(owner, modelNameOf(model), version, readValues());
    }

    /** Restores the user's last settings. Returns the names of the settings that this version of the model does not accept. */
    function restoreDraft() {
      const draft = loadDraft({ owner, model, version, fields });
      // A prompt typed before the JavaScript had loaded must not be overwritten.
      if (!form.current || !draft || readValues().prompt) return [];
      fillForm(form.current, fields, draft.values);
      return draft.omitted;
    }

    return { form, readValues, editRequest, changeValues, saveValues, restoreDraft };
  }, [owner, model, version, fields, router]);
}
