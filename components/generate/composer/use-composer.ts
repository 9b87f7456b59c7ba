import { useMemo, useRef } from "react";
import { useRouter } from "next/navigation";
import { controlName, fillForm, readForm } from "@/components/generate/fields/form-values";
import { type ModelForm, saveDraft } from "@/components/jobs/draft-storage";
import type { GenerateRequest, Values } from "@/components/jobs/job";
import { isOfForm, nameOf, versionOf } from "@/components/jobs/model-name";
import { announce } from "@/components/ui/live-region";

/** Functions that read and fill the composer's form. They stay the same until the model changes. */
export function useComposer({ owner, model, version, fields }: ModelForm) {
  const form = useRef<HTMLFormElement>(null);
  const router = useRouter();

  return useMemo(() => {
    function values(): Values {
      return form.current ? readForm(new FormData(form.current), fields) : {};
    }

    function fill(filled: Values) {
      if (!form.current) return;
      fillForm(form.current, fields, filled);
      const prompt = form.current.elements.namedItem(controlName({ name: "prompt" }));
      if (prompt instanceof HTMLElement) prompt.focus();
    }

    /** Shows a request in the form. For another model, opens the form of that model. */
    function edit(request: GenerateRequest) {
      if (isOfForm(request.model, { model, version })) {
        fill(request.input);
        announce("The settings are in the form");
      } else {
        saveDraft(owner, nameOf(request.model), versionOf(request.model), request.input);
        router.push(`/dashboard/generate?model=${request.model}`);
      }
    }

    /** Changes some settings and leaves the others unchanged. */
    function change(changes: Values) {
      fill({ ...values(), ...changes });
    }

    return { form, values, edit, change };
  }, [owner, model, version, fields, router]);
}
