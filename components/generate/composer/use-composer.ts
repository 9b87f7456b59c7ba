import { type RefObject, useMemo, useRef } from "react";
import { useRouter } from "next/navigation";
import { announce } from "@/components/ui/live-region";
import { type ModelForm, saveDraft } from "@/components/jobs/draft";
import { fillForm } from "@/components/generate/fields/fill-form";
import type { Request, Values } from "@/components/jobs/job";
import { isOfForm, nameOf, versionOf } from "@/components/jobs/model-ref";
import { controlName, readForm } from "@/components/generate/fields/form-values";

/** The composer's form as the feed uses it: what stands in it, and putting something into it. The same until the model changes. */
export function useComposer({ owner, model, version, fields }: ModelForm) {
  const form = useRef<HTMLFormElement>(null);
  const router = useRouter();

  return useMemo(() => {
    function values(): Values {
      return form.current ? readForm(new FormData(form.current), fields) : {};
    }

    /** Shows a request in the form. One of another model brings that model's form with it. */
    function edit(request: Request) {
      if (!isOfForm(request.model, { model, version })) {
        saveDraft(owner, nameOf(request.model), versionOf(request.model), request.input);
        router.push(`/dashboard/generate?model=${request.model}`);
        return;
      }
      if (!form.current) return;
      fillForm(form.current, fields, request.input);
      focusPrompt(form);
      announce("The settings are in the form");
    }

    /** Changes some settings and leaves the others as they are. */
    function change(changes: Values) {
      if (!form.current) return;
      fillForm(form.current, fields, { ...values(), ...changes });
      focusPrompt(form);
    }

    return { form, values, edit, change };
  }, [owner, model, version, fields, router]);
}

function focusPrompt(form: RefObject<HTMLFormElement | null>) {
  const prompt = form.current?.elements.namedItem(controlName({ name: "prompt" }));
  if (prompt instanceof HTMLElement) prompt.focus();
}
