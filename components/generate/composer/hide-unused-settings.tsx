"use client";

// This file is loaded only for a model with settings that depend on other settings (see composer.tsx).

import { useEffect } from "react";
import type { Field } from "@/lib/models/inputs/fields";
import { isUsed } from "@/lib/models/inputs/used-when";
import type { ComposerForm } from "./use-composer";

type HideUnusedSettingsProps = { composer: Pick<ComposerForm, "form" | "readValues">; fields: Field[] };

/**
 * Hides the settings that have no effect at the moment: with the current values of the form, the model does not use them. Hidden
 * settings are neither validated nor sent.
 */
export function HideUnusedSettings({ composer, fields }: HideUnusedSettingsProps) {
  useEffect(() => {
    const form = composer.form.current;
    const update = () => {
      const values = composer.readValues();
      for (const box of form?.querySelectorAll<HTMLFieldSetElement>("[data-setting]") ?? []) {
        const field = fields.find(({ name }) => name === box.dataset.setting);
        const isHidden = field !== undefined && !isUsed(field, fields, values);
        box.hidden = isHidden;
        box.disabled = isHidden;
      }
    };
    update();
    form?.addEventListener("input", update);
    return () => form?.removeEventListener("input", update);
  }, [composer, fields]);

  return null;
}
